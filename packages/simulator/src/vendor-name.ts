export type VendorName = 'linq' | 'connectsafely';
