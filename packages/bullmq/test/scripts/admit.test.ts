import { describe } from 'vitest';
import { hasRedis } from '../redis/redis-server.ts';
import { testAgainstModel } from './play.ts';

describe.skipIf(!hasRedis)('the script admit', () => {
  testAgainstModel('admit');
});
