import { TypingError } from '@typingkit/core';
import {
  Cluster,
  type ClusterNode,
  type ClusterOptions,
  Redis,
  type RedisOptions as AllRedisOptions,
} from 'ioredis';

/** What ioredis takes, but for what would change how answers read. */
export type RedisOptions = Omit<AllRedisOptions, 'replyMapping'>;

/** A cluster, by some of its nodes. */
export interface RedisCluster {
  readonly nodes: readonly ClusterNode[];
  readonly options?: ClusterOptions | undefined;
}

/** Where Redis is: a URL, options of ioredis, or a cluster. Never a client: each purpose needs one of its own. */
export type RedisSource = string | RedisOptions | RedisCluster;

/**
 * What a connection is for.
 *
 * - `commands`: fails at once while Redis is away. What is late is worth nothing.
 * - `hints`: subscribes.
 * - `jobs`: BullMQ's, which waits until Redis is back.
 */
export type Purpose = 'commands' | 'hints' | 'jobs';

const mostPatientMs = 2_000;

const optionsFor: Readonly<Record<Purpose, RedisOptions>> = {
  commands: {
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    enableAutoPipelining: true,
  },
  hints: { maxRetriesPerRequest: null },
  jobs: { maxRetriesPerRequest: null },
};

/** Opens a connection. Its errors are heard by whoever asks for them; unheard they end no process. */
export function openRedis(source: RedisSource, purpose: Purpose): Redis | Cluster {
  const common = {
    ...optionsFor[purpose],
    connectionName: `typingkit ${purpose}`,
    // Nobody would connect it later.
    lazyConnect: false,
    retryStrategy: (times: number) => Math.min(50 * times, mostPatientMs),
  };
  const client = connect(source, common);
  client.on('error', () => {});
  return client;
}

function connect(source: RedisSource, common: RedisOptions): Redis | Cluster {
  if (typeof source === 'string') return new Redis(source, common);
  if (!isCluster(source)) return new Redis({ ...source, ...common });
  const { enableOfflineQueue = true, enableAutoPipelining = false } = common;
  const { replyMapping: _, ...ofNodes } = source.options?.redisOptions ?? {};
  return new Cluster([...source.nodes], {
    ...source.options,
    enableOfflineQueue,
    enableAutoPipelining,
    clusterRetryStrategy: (times) => Math.min(50 * times, mostPatientMs),
    redisOptions: { ...ofNodes, ...common },
  });
}

function isCluster(source: RedisOptions | RedisCluster): source is RedisCluster {
  return 'nodes' in source && Array.isArray(source.nodes);
}

/** @throws TypingError `misconfigured`. Quotes nothing: a URL holds a password. */
export function checkRedis(source: unknown): asserts source is RedisSource {
  if (!isUrl(source) && !isOptions(source)) {
    throw invalid(
      'redis must be a URL such as redis://localhost:6379, options of ioredis, or { nodes }',
      'Not a client: every process needs connections of its own.',
    );
  }
  if (typeof source !== 'object' || source === null) return;
  if ('keyPrefix' in source && source.keyPrefix !== undefined && source.keyPrefix !== '') {
    throw invalid('redis must have no keyPrefix', 'Use the option prefix.');
  }
  if ('nodes' in source && (!Array.isArray(source.nodes) || source.nodes.length === 0)) {
    throw invalid('redis.nodes must be a list of at least one node');
  }
}

function isUrl(source: unknown): boolean {
  if (typeof source !== 'string') return false;
  // A path is that of a socket. What ioredis says of an invalid URL holds its password.
  return source.startsWith('/') || (/^(?:rediss?|unix):/.test(source) && URL.canParse(source));
}

function isOptions(source: unknown): source is object {
  return (
    typeof source === 'object' &&
    source !== null &&
    !Array.isArray(source) &&
    !('defineCommand' in source || 'sendCommand' in source)
  );
}

function invalid(reason: string, advice?: string): TypingError {
  return new TypingError({ code: 'misconfigured', operation: 'configure', reason, advice });
}
