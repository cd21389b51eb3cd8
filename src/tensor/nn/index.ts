/** Layers with parameters. A layer is any object with parameters in its fields; none needs a base class. */
export { Linear } from './linear';
export { LayerNorm } from './layerNorm';
export { Embedding } from './embedding';
export { MultiHeadAttention } from './attention';
export type { AttentionMask } from './attention';
export { EncoderBlock } from './encoderBlock';
