export { inspect, type InspectOptions, type Inspector } from './inspector/inspect.ts';
export {
  type ProblemRow,
  type ServerProblemCode,
  serverProblems,
} from './problems/problem-codes.ts';
export { problemStatuses } from './problems/problem-of-error.ts';
export type { ProblemDocument } from './problems/problem.ts';
export type { ServedChannel, ServedTyping, SessionHandle } from './served-typing.ts';
export type { ServerOptions } from './server-options.ts';
export { startServer, type TypingServer } from './start-server.ts';
