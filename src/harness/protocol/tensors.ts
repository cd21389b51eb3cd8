/** How this realm's tensors are taken apart for the wire and put together from it. */
import { fromData, Tensor } from '../../tensor';
import { isPrototypeOf } from './intrinsics';
import type { WireTensors } from './wire';

const tensorPrototype = Tensor.prototype;
const make = fromData;

/** A learner may dress anything up as a `Tensor`; what `read` gives is therefore checked by the wire, not believed. */
export const wireTensors: WireTensors = {
  read: (value) => {
    if (!isPrototypeOf(tensorPrototype, value)) return undefined;
    const { dtype, shape } = value as Tensor;
    return { dtype, shape, data: () => (value as Tensor).data };
  },
  make: ({ shape, data }) => make(data, shape),
};
