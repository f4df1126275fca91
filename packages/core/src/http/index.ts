export type { ApiKey } from './api-key.ts';
export { untilInstantMs } from './retry-after.ts';
export type { VendorAnswer, VendorComplaint } from './vendor-answer.ts';
export { type VendorHttp, vendorHttp, type VendorRequest } from './vendor-http.ts';
export {
  type FetchFunction,
  type ResolvedVendorOptions,
  type VendorOptions,
  vendorOptionsShape,
  type VendorOptionsShape,
} from './vendor-options.ts';
export type { VendorWords } from './vendor-words.ts';
