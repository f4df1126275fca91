/** The vendors there are. */
export type VendorName = 'linq' | 'connectsafely';
