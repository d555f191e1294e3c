import { isSuccess } from '../lab.ts';
import type { Probe } from '../probe.ts';

/** So many are tried: each is a stream on the server, so it is not done without end. */
const mostMembers = 80;

/** How many members a room takes. */
export const capacityProbe: Probe = {
  name: 'a full room',
  fields: ['rooms.maxMembers', 'errors.status.room-full'],
  async run(lab, findings) {
    const { room } = await lab.addRoom('full');
    for (let members = 0; members <= mostMembers; members += 1) {
      const { answer } = await lab.addMember(room, `crowd-${members + 1}`);
      if (isSuccess(answer)) continue;
      // The very first one is not refused because the room is full.
      if (members === 0) break;
      findings.found('rooms.maxMembers', members, answer);
      findings.found('errors.status.room-full', answer.status, answer);
      return;
    }
    const stat = await lab.api.room(room, 'stat', []);
    findings.observe('a room with many members', `${mostMembers} are taken, more were not tried`, stat);
    for (const path of this.fields)
      findings.unknown(path, `a room takes ${mostMembers} members, or none at all`);
  },
};
