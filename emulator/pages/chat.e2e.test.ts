import { describe, expect, it, vi } from 'vitest';
import { isWithoutChromium, untrustedHost, type Visit } from './test-browser.ts';
import { PageStage } from './test-stage.ts';
import { askToJoin, command, membersOf, sessionsOf, waiting, waitUntilPlaying } from './test-visits.ts';

const stage = new PageStage();

const withoutMembers = (room: object) => ({ ...room, members: [] });

const empty = async (room: string) =>
  vi.waitUntil(async () => membersOf(stage.emulator, room).length === 0, waiting);

describe.skipIf(isWithoutChromium)('the chat', () => {
  it('brings two into a room, where each hears all but itself, sees the grid, and can be muted', async () => {
    const alice = await stage.join('lobby', 'alice');
    const bob = await stage.join('lobby', 'bob');
    await waitUntilPlaying(alice.page, '#grid', 1280);
    await waitUntilPlaying(bob.page, '#grid', 1280);
    expect(membersOf(stage.emulator, 'lobby')).toEqual(['alice', 'bob']);
    const tracks = (await sessionsOf(stage.emulator))
      .filter(({ kind }) => kind === 'play')
      .map((one) => one.tracks);
    expect(tracks).toEqual([
      ['v1', 'a2'],
      ['v1', 'a3'],
    ]);
    for (const { page } of [alice, bob]) {
      await vi.waitUntil(async () => (await page.locator('#people .name').count()) === 2, waiting);
      // The fake microphone beeps once a second.
      const meter = page.getByRole('meter', { name: 'Level of alice' });
      await vi.waitUntil(async () => Number(await meter.getAttribute('aria-valuenow')) > -50, waiting);
    }

    const rowOfAlice = (page: Visit['page']) => page.locator('[data-stream=alice]');
    await rowOfAlice(bob.page).getByRole('button', { name: 'Sound' }).click();
    for (const { page } of [alice, bob]) await rowOfAlice(page).getByText('sound muted').waitFor();
    expect(stage.emulator.rooms()[0]?.members[0]?.audioMuted).toBe(true);
    await rowOfAlice(alice.page).getByRole('button', { name: 'Picture' }).click();
    await rowOfAlice(bob.page).getByText('sound muted, picture muted').waitFor();

    const microphone = alice.page.getByRole('button', { name: 'Microphone' });
    await microphone.click();
    expect(await microphone.getAttribute('aria-pressed')).toBe('false');
    expect(await alice.page.evaluate("document.getElementById('self').srcObject.active")).toBe(true);
    expect([alice.troubles, bob.troubles]).toEqual([[], []]);
  });

  it('lets nothing of somebody who leaves stay behind, and shows the entrance again', async () => {
    const { page, troubles } = await stage.join('lobby', 'alice');
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('button', { name: 'Join' }).waitFor();
    await empty('lobby');
    await vi.waitUntil(async () => (await sessionsOf(stage.emulator)).length === 0, waiting);
    await askToJoin(page, 'lobby', 'alice');
    await page.getByText('Connected', { exact: true }).waitFor();
    expect(stage.emulator.rooms()[0]?.members[0]?.trackNumber).toBe(3);
    expect(troubles).toEqual([]);
  });

  it('can be open in more tabs of one browser than that keeps connections', async () => {
    const { context, page: first, troubles } = await stage.open('/ui/chat');
    const see = (page: Visit['page'], state: string) =>
      page.evaluate(`
        Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      `);
    const tabs = [first];
    for (let number = 1; number <= 7; number += 1) {
      const page = tabs[number - 1] ?? (await context.newPage());
      tabs[number - 1] = page;
      if (number > 1) await page.goto(`${stage.emulator.httpUrls[0]}/ui/chat`);
      await askToJoin(page, 'quiet', `guest${number}`);
      await page.getByText('Connected', { exact: true }).waitFor();
      await see(page, 'hidden');
    }
    // Nobody sees the first one, and it follows all the same.
    await first.locator('[data-stream=guest7]').waitFor();
    await see(first, 'visible');
    const meter = first.getByRole('meter', { name: 'Level of guest7' });
    await vi.waitUntil(async () => Number(await meter.getAttribute('aria-valuenow')) > -50, waiting);
    expect(membersOf(stage.emulator, 'quiet')).toHaveLength(7);
    await command(stage.emulator, 'quiet', 'remove_stream', 'guest2');
    await tabs[1]!.getByRole('alert').getByText('You are not in the room any more.').waitFor();
    expect(troubles).toEqual([]);
  });

  it('is left when its tab is closed, at once', async () => {
    const { page } = await stage.join('quiet', 'alice');
    const closedAtMs = performance.now();
    await page.close({ runBeforeUnload: true });
    await empty('quiet');
    // Before the server would find out by itself.
    expect(performance.now() - closedAtMs).toBeLessThan(3000);
    await vi.waitUntil(async () => (await sessionsOf(stage.emulator)).length === 0, waiting);
  });

  it('is left when its tab dies without a word, some time later', async () => {
    const { page } = await stage.join('quiet', 'alice');
    void page.goto('chrome://crash').catch(() => {});
    await empty('quiet');
    await vi.waitUntil(async () => (await sessionsOf(stage.emulator)).length === 0, waiting);
  });

  it('makes a room of sound alone, under names with anything in them', async () => {
    const { page, troubles } = await stage.open('/ui/chat');
    await page.locator('#room').selectOption({ label: 'A new room…' });
    await page.getByLabel('Name of the new room').fill('<b>ro/om</b> "1"');
    await page.getByLabel('Your name').fill('<img src=x onerror=alert(1)> & söhne/50%');
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByText('Connected', { exact: true }).waitFor();
    await page.getByText('This room has sound only.').waitFor();
    await waitUntilPlaying(page, '#grid', 0);
    expect(membersOf(stage.emulator, '<b>ro/om</b> "1"')).toEqual([
      '<img src=x onerror=alert(1)> & söhne/50%',
    ]);
    expect(await page.locator('main img, main b').count()).toBe(0);
    expect(troubles).toEqual([]);
  });

  it('says what is wrong with a name, and takes nobody’s place', async () => {
    await stage.join('lobby', 'alice');
    const { page } = await stage.open('/ui/chat');
    const problem = page.getByRole('alert');
    await askToJoin(page, 'lobby', 'alice');
    await problem.getByText('Somebody is “alice” in this room already').waitFor();
    await askToJoin(page, 'quiet', 'alice');
    await problem.getByText('Somebody publishes as “alice” already').waitFor();
    await askToJoin(page, 'quiet', 'lobby');
    await problem.getByText('“lobby” is the name of a room').waitFor();
    await askToJoin(page, 'quiet', 'a/../b');
    await problem.getByText('the segments').waitFor();
    expect([membersOf(stage.emulator, 'lobby'), membersOf(stage.emulator, 'quiet')]).toEqual([['alice'], []]);
  });

  it('takes nobody’s place where two come at the same time, either', async () => {
    await stage.join('quiet', 'alice');
    const { page } = await stage.open('/ui/chat');
    await page.route('**/ui/api/state', async (route) => {
      const state = await (await route.fetch()).json();
      await route.fulfill({ json: { ...state, published: [], rooms: state.rooms.map(withoutMembers) } });
    });
    await askToJoin(page, 'quiet', 'alice');
    await page.getByRole('alert').getByText('Another page is "alice" in room "quiet".').waitFor();
    expect(membersOf(stage.emulator, 'quiet')).toEqual(['alice']);
    expect(await sessionsOf(stage.emulator)).toHaveLength(2);
  });

  it('leaves nobody behind where it is not let in', async () => {
    const { page } = await stage.open('/ui/chat');
    await page.route('**/ui/api/hold?*', (route) =>
      route.fulfill({ status: 503, json: { error: 'unavailable', detail: 'Too many pages are open.' } }),
    );
    await askToJoin(page, 'quiet', 'alice');
    await page.getByRole('alert').getByText('Too many pages are open.').waitFor();
    await empty('quiet');
    await page.unroute('**/ui/api/hold?*');
    await askToJoin(page, 'quiet', 'alice');
    await page.getByText('Connected', { exact: true }).waitFor();
  });

  it('is left when its tab is closed while it is joined, and keeps its devices until then', async () => {
    // Its request to be held never reaches the server.
    const { page } = await stage.open('/ui/chat', {
      script: 'window.EventSource = class extends EventTarget { close() {} };',
    });
    await askToJoin(page, 'quiet', 'alice');
    await vi.waitUntil(() => membersOf(stage.emulator, 'quiet').length === 1, waiting);
    expect(await page.getByLabel('Camera', { exact: true }).isDisabled()).toBe(true);
    await page.close({ runBeforeUnload: true });
    await empty('quiet');
  });

  it('tells when the server was started anew', async () => {
    const { page } = await stage.join('quiet', 'alice');
    await stage.emulator.close();
    await page.getByRole('alert').getByText('The server cannot be reached.').waitFor();
    await stage.startAnew();
    await page.getByRole('alert').getByText('You are not in the room any more.').waitFor();
    await askToJoin(page, 'quiet', 'alice');
    await page.getByText('Connected', { exact: true }).waitFor();
  });

  it('tells who is taken out of the room', async () => {
    const { page } = await stage.join('quiet', 'alice');
    await command(stage.emulator, 'quiet', 'remove_stream', 'alice');
    await page.getByRole('alert').getByText('You were taken out of the room.').waitFor();
    await page.getByRole('button', { name: 'Join' }).waitFor();
    expect(await page.locator('#status').textContent()).toBe('');
  });

  it('needs the user and the password of edit_auth once, for itself and for all it does', async () => {
    const { page, troubles } = await stage.open('/ui/chat', { user: 'user:pass' });
    await askToJoin(page, 'quiet', 'alice');
    await page.getByText('Connected', { exact: true }).waitFor();
    await page.close({ runBeforeUnload: true });
    await empty('quiet');
    expect(troubles).toEqual([]);
  });

  const refusing = (name: string, devices: string) => `{
    const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = (wanted) =>
      ${devices} ? Promise.reject(new DOMException('refused', '${name}')) : real(wanted);
  }`;

  it('goes without a camera', async () => {
    const { page } = await stage.open('/ui/chat', { script: refusing('NotFoundError', 'wanted.video') });
    await page.getByText('There is no camera.').waitFor();
    await askToJoin(page, 'lobby', 'alice');
    await page.getByText('Connected', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'No camera' }).isDisabled()).toBe(true);
  });

  it('goes without a microphone', async () => {
    const { page } = await stage.open('/ui/chat', { script: refusing('NotReadableError', 'wanted.audio') });
    await page.getByText('The microphone is in use by another program.').waitFor();
    await askToJoin(page, 'lobby', 'alice');
    await page.getByText('Connected', { exact: true }).waitFor();
    await vi.waitUntil(async () => {
      return (await sessionsOf(stage.emulator)).some(
        ({ kind, packets }) => kind === 'publish' && packets > 50,
      );
    }, waiting);
    await waitUntilPlaying(page, '#grid', 1280);
  });

  it('goes without both, to watch and to listen', async () => {
    const { page } = await stage.open('/ui/chat', { script: refusing('NotAllowedError', 'true') });
    await page.getByText('The browser may not use the microphone: allow it').waitFor();
    await page.getByText('You can join to watch and to listen.').waitFor();
    await askToJoin(page, 'lobby', 'alice');
    await page.getByText('Connected', { exact: true }).waitFor();
    await page.locator('[data-stream=alice]').getByText('sends nothing').waitFor();
    await page.getByRole('button', { name: 'Leave' }).click();
    await empty('lobby');
  });

  it('says why browsers give no devices to a page of plain http', async () => {
    const { page } = await stage.open('/ui/chat', { host: untrustedHost });
    await page.getByText('open this page by its https address').waitFor();
    await askToJoin(page, 'lobby', 'alice');
    await page.getByText('Connected', { exact: true }).waitFor();
  });
});
