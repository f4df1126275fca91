import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** A process of this benchmark: each question that it gets over IPC has one answer. */
export interface WorkerProcess<Question, Answer> extends AsyncDisposable {
  ask(question: Question): Promise<Answer>;
}

/** What runs on which processor: what is measured has one to itself. */
const cores = { client: 0, server: 1 } as const;

export const isPinned: boolean = availableParallelism() > 1 && hasTaskset();

/** Starts a process, and waits for the first message that it sends. */
export async function startWorker<Greeting, Question, Answer>(
  role: keyof typeof cores,
  file: string,
  args: readonly string[] = [],
): Promise<[greeting: Greeting, worker: WorkerProcess<Question, Answer>]> {
  const script = fileURLToPath(new URL(file, import.meta.url));
  const command = [process.execPath, script, ...args];
  if (isPinned) command.unshift('taskset', '--cpu-list', String(cores[role]));
  const [program = '', ...rest] = command;
  const child = spawn(program, rest, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const gone = once(child, 'close');
  const greeting = await nextMessage<Greeting>(child, file);
  return [
    greeting,
    {
      ask(question) {
        const answer = nextMessage<Answer>(child, file);
        // Arrays, objects and texts: what a message can be.
        child.send(question as object);
        return answer;
      },
      async [Symbol.asyncDispose]() {
        child.kill();
        await gone;
      },
    },
  ];
}

function nextMessage<Message>(child: ChildProcess, file: string): Promise<Message> {
  return new Promise((resolve, reject) => {
    const end = (code: number | null): void =>
      reject(new Error(`${file} ended with exit code ${code}`));
    child.once('close', end);
    child.once('message', (message) => {
      child.off('close', end);
      // What a file of this folder sends is what its types say.
      resolve(message as Message);
    });
  });
}

function hasTaskset(): boolean {
  try {
    execFileSync('taskset', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
