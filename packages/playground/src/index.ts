export { type Playground, type PlaygroundOptions, startPlayground } from './start-playground.ts';
