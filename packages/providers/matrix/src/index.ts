export { matrixChannel } from './matrix-channel.ts';
export { matrix, matrixAddress, type MatrixAddressOptions, type MatrixOptions } from './matrix.ts';
export type { MatrixTarget } from './target.ts';
