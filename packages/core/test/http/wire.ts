import nock from 'nock';
import { afterEach, beforeEach } from 'vitest';

/** Lets nothing out but what nock and the loopback interface answer, and fails a test whose interceptors were not asked. */
export function guardWire(): void {
  beforeEach(() => {
    nock.disableNetConnect();
    nock.enableNetConnect('127.0.0.1');
  });
  afterEach(() => {
    const unused = nock.pendingMocks();
    nock.cleanAll();
    nock.enableNetConnect();
    if (unused.length > 0) throw new Error(`never asked: ${unused.join(', ')}`);
  });
}
