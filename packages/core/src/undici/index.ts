export { type UndiciFetch, undiciFetch } from './undici-fetch.ts';
