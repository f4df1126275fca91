export {
  instrumentTyping,
  type InstrumentOptions,
  type ObservedTyping,
} from './instrument-typing.ts';
