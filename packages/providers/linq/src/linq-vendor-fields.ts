import { type VendorFields, vendorFields } from '@typingkit/core/http';

/** The options of everything that asks Linq something. */
export const linqVendorFields: VendorFields = vendorFields(
  'https://api.linqapp.com/api/partner',
  (baseUrl) => (baseUrl.endsWith('/v3') ? 'must end before /v3' : undefined),
);
