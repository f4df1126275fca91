import { Redis } from 'ioredis';
import { vi } from 'vitest';
import { RedisServer } from './redis-server.ts';

const slots = 16_384;
const patience = { timeout: 45_000, interval: 100 } as const;

/** A cluster of our own: several nodes without replicas, each of which has its share of the slots. */
export class RedisCluster {
  readonly nodes: readonly RedisServer[];
  readonly #admins: readonly Redis[];

  private constructor(nodes: readonly RedisServer[]) {
    this.nodes = nodes;
    this.#admins = nodes.map(({ url }) => new Redis(url));
  }

  static async start(count: number): Promise<RedisCluster> {
    const options = ['--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1'];
    const nodes = await Promise.all(
      Array.from({ length: count }, async () => {
        // By default the nodes talk to each other on a port that is 10,000 higher, which may not exist.
        const busPort = await RedisServer.freePort();
        return RedisServer.start([...options, '--cluster-port', `${busPort}`]);
      }),
    );
    const cluster = new RedisCluster(nodes);
    await cluster.#join();
    return cluster;
  }

  /** The keys of each node. */
  async keys(pattern: string): Promise<string[][]> {
    return Promise.all(this.#admins.map((admin) => admin.keys(pattern)));
  }

  /** How often its nodes have refused a command because its keys are not all on one node. */
  async crossings(): Promise<number> {
    const stats = await Promise.all(this.#admins.map((admin) => admin.info('errorstats')));
    return stats.filter((text) => text.includes('errorstat_CROSSSLOT')).length;
  }

  async close(): Promise<void> {
    for (const admin of this.#admins) admin.disconnect();
    await Promise.all(this.nodes.map((node) => node.close()));
  }

  async #join(): Promise<void> {
    const count = this.nodes.length;
    for (const [place, admin] of this.#admins.entries()) {
      const from = Math.floor((place * slots) / count);
      const to = Math.floor(((place + 1) * slots) / count) - 1;
      await admin.call('CLUSTER', 'ADDSLOTSRANGE', `${from}`, `${to}`);
      await admin.call('CLUSTER', 'SET-CONFIG-EPOCH', `${place + 1}`);
    }
    const [first] = this.#admins;
    for (const { busPort, port } of this.nodes.slice(1)) {
      await first?.call('CLUSTER', 'MEET', '127.0.0.1', `${port}`, `${busPort}`);
    }
    for (const admin of this.#admins) {
      await vi.waitUntil(async () => {
        const info = String(await admin.call('CLUSTER', 'INFO'));
        return info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${count}`);
      }, patience);
    }
  }
}
