import {
  type CallOptions,
  type Diagnosis,
  diagnosisOf,
  type DiagnosisReason,
  TypingError,
} from '@typingkit/core';
import type { VendorClient } from '@typingkit/core/http';
import { anything, object, record } from '@typingkit/core/schema';
import type { MatrixTarget } from './target.ts';

const Members = object({ joined: record(anything()) });

const left: DiagnosisReason = {
  code: 'left',
  effect: 'hides',
  message: 'the account is not in this room',
  advice: 'Invite the account to the room, and let it join.',
};
const alone: DiagnosisReason = {
  code: 'left',
  effect: 'hides',
  message: 'nobody else is in this room',
  advice: 'Invite the person again.',
};
const wrongOwner: DiagnosisReason = {
  code: 'wrong-owner',
  effect: 'hides',
  message: 'userId is not the account of the access token',
  advice: 'Leave userId out, or set it to the account that the token belongs to.',
};

/**
 * Reads who is in the room.
 *
 * @param tokenOwner the account that the server says the token belongs to.
 * @param userId the account that would type.
 * @see https://spec.matrix.org/latest/client-server-api/#get_matrixclientv3roomsroomidjoined_members
 */
export async function diagnoseRoom(
  ask: VendorClient<MatrixTarget>,
  target: MatrixTarget,
  { tokenOwner, userId }: { readonly tokenOwner: string; readonly userId: string },
  call: CallOptions,
): Promise<Diagnosis> {
  if (tokenOwner !== userId) return diagnosisOf([wrongOwner]);
  try {
    const path = `/_matrix/client/v3/rooms/${encodeURIComponent(target.roomId)}/joined_members`;
    const request = { operation: 'diagnose', method: 'get', path, expects: 200, target } as const;
    // Of a large room there is more than fits: then it is not read, and certainly has somebody in it.
    const joined = Members.read((await ask(request, call)).body)?.joined;
    const isAlone = joined !== undefined && Object.keys(joined).every((one) => one === userId);
    return diagnosisOf(isAlone ? [alone] : []);
  } catch (error) {
    if (TypingError.isInstance(error) && error.code === 'forbidden') return diagnosisOf([left]);
    throw error;
  }
}
