import { describe, expect, it, vi } from 'vitest';
import { isWithoutChromium, launchBrowser } from './test-browser.ts';
import { PageStage } from './test-stage.ts';
import { command, membersOf, sessionsOf, waiting, waitUntilPlaying } from './test-visits.ts';

const stage = new PageStage();

describe.skipIf(isWithoutChromium)('the dashboard', () => {
  it('shows rooms, members, sessions and how loud they are', async () => {
    await stage.join('lobby', 'alice');
    const { page, troubles } = await stage.open('/ui/');
    const room = page.getByRole('article', { name: 'Room lobby' });
    await room.getByText('Opus 64 kbit/s, 48 kHz, 20 ms · picture 1280×720, 25 fps · 1 viewer').waitFor();
    const quiet = page.getByRole('article', { name: 'Room quiet' });
    await quiet.getByText('Opus 24 kbit/s, 16 kHz, 20 ms · sound only · 0 viewers').waitFor();
    await quiet.getByText('Nobody is in the room.').waitFor();
    const level = async () =>
      Number(await room.getByRole('meter', { name: 'Level of alice' }).getAttribute('aria-valuenow'));
    // The fake microphone beeps once a second.
    await vi.waitUntil(async () => (await level()) > -50, waiting);
    await vi.waitUntil(async () => (await level()) < -50, waiting);
    await vi.waitUntil(
      async () => (await page.evaluate("document.querySelector('.preview').naturalWidth")) === 1280,
      waiting,
    );
    const sessions = page.locator('#sessions tr');
    expect(await sessions.filter({ hasText: 'publishes' }).count()).toBe(1);
    await vi.waitUntil(async () => {
      const cells = await sessions.filter({ hasText: 'publishes' }).locator('td').allTextContents();
      return Number(cells[5]) > 10 && Number(cells[6]) > 50 && /^\d+ ms$/.test(cells[10]!);
    }, waiting);
    expect(troubles).toEqual([]);
  });

  it('plays a track', async () => {
    await stage.join('lobby', 'alice');
    const { page, troubles } = await stage.open('/ui/');
    await page
      .getByRole('article', { name: 'Room lobby' })
      .getByRole('button', { name: 'Listen to track a1' })
      .click();
    await page.getByText('a1: lobby, everybody – playing').waitFor();
    await waitUntilPlaying(page, '#sound');
    const level = page.getByRole('meter', { name: 'Level of what is heard' });
    await vi.waitUntil(async () => Number(await level.getAttribute('aria-valuenow')) > -50, waiting);
    await page.getByRole('button', { name: 'Stop' }).click();
    await vi.waitUntil(async () => (await sessionsOf(stage.emulator)).length === 2, waiting);
    expect(troubles).toEqual([]);
  });

  it('sends each documented command, and shows line and answer', async () => {
    const { page, troubles } = await stage.open('/ui/');
    const answer = page.getByRole('log', { name: 'Last answer' });
    const run = async (name: string, wanted: string) => {
      await page.getByRole('button', { name, exact: true }).click();
      await answer.getByText(wanted, { exact: true }).waitFor();
    };
    await page.getByLabel('Room', { exact: true }).fill("it's");
    await page.getByLabel('Stream', { exact: true }).fill('<b>bob</b>');
    await page.getByLabel('Bit rate').fill('32');
    await run('add_room', '200 {"success":true}');
    const host = new URL(stage.emulator.httpUrls[0]!).host;
    await answer
      .getByText(
        `curl -X POST -d '{"command" : "add_room", "args" : ["it'\\''s", "32", "48000", "960"]}' 'http://USER:PASSWORD@${host}/flussonic/api/dynamic_mosaic/'`,
        { exact: true },
      )
      .waitFor();
    expect(stage.emulator.rooms().at(-1)).toMatchObject({ name: "it's", opus: { bitrateKbps: 32 } });
    await run('add_stream', '200 {"track_id":"a2"}');
    await page.getByRole('article', { name: "Room it's" }).getByText('<b>bob</b>').waitFor();
    await run('stat', '200 {"count":2,"clients":["all","<b>bob</b>"]}');
    await run('mute-audio', '200 {"track_id":"a2"}');
    await run('mute_video', '200 {"track_id":"a2"}');
    expect(stage.emulator.rooms().at(-1)?.members[0]).toMatchObject({ audioMuted: true, videoMuted: true });
    await run('list_room', '200 ["lobby","quiet","it\'s"]');
    await page.getByRole('button', { name: 'stats', exact: true }).click();
    await answer.getByText('"samplerate":16000').waitFor();
    await run('remove_stream', '200 {"track_id":"a2"}');
    await run('remove_room', '200 {"success":true}');
    expect(stage.emulator.rooms().map(({ name }) => name)).toEqual(['lobby', 'quiet']);
    await page.getByRole('button', { name: 'remove_room', exact: true }).click();
    await answer.getByText(`404 {"error":"unknown-room","detail":"There is no room \\"it's\\"."}`).waitFor();
    // The browser itself tells of the 404 on its console.
    expect(troubles.filter((text) => !text.includes('404'))).toEqual([]);
  });

  it('needs no sideways scrolling on a telephone, nor does the chat', async () => {
    await command(stage.emulator, 'lobby', 'add_stream', 'somebody-with-a-long-name/'.repeat(8).slice(0, -1));
    for (const path of ['/ui/', '/ui/chat']) {
      const { page } = await stage.open(path);
      await page.setViewportSize({ width: 360, height: 740 });
      await page
        .locator(path === '/ui/' ? '.room tr[data-stream]' : '#room option')
        .first()
        .waitFor({ state: 'attached' });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    }
  });

  it('cuts nothing of sixteen members off, and keeps their names in sight where the rest is scrolled', async () => {
    const names = Array.from({ length: 15 }, (_, index) => `guest${index}`);
    for (const name of [...names, 'a-name-without-an-end-'.repeat(11)]) {
      await command(stage.emulator, 'lobby', 'add_stream', name);
    }
    const { page } = await stage.open('/ui/');
    await page.setViewportSize({ width: 1280, height: 800 });
    const room = page.getByRole('article', { name: 'Room lobby' });
    const row = room.locator('tr[data-stream^=a-name]');
    await row.getByText('sends nothing').waitFor();
    const members = `document.querySelector('[aria-label="Members of lobby"]')`;
    const overflow = () =>
      page.evaluate(`(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(${members})`);
    expect(await overflow()).toBe(0);
    const right = async (text: string) => {
      const { x = 0, width = 0 } = (await row.getByText(text).boundingBox()) ?? {};
      return x + width;
    };
    const meter = await row.getByRole('meter', { name: 'Level of a-name' }).boundingBox();
    expect(await right('sends nothing')).toBeLessThanOrEqual(meter!.x);

    await page.setViewportSize({ width: 360, height: 740 });
    await vi.waitUntil(async () => Number(await overflow()) > 100, waiting);
    await page.evaluate(`${members}.scrollLeft = 10_000`);
    const name = await room.getByRole('rowheader', { name: 'guest3', exact: false }).boundingBox();
    expect(name!.x).toBeGreaterThanOrEqual(0);
  });

  it('can be used with the keyboard alone', async () => {
    const { page } = await stage.open('/ui/');
    await page.getByRole('article', { name: 'Room quiet' }).waitFor();
    const focused: string[] = [];
    for (let presses = 0; presses < 12; presses += 1) {
      await page.keyboard.press('Tab');
      focused.push(String(await page.evaluate('document.activeElement.textContent')));
    }
    expect(focused.slice(0, 4)).toEqual(['Skip to the content', 'Dashboard', 'Chat', 'Chat']);
    expect(focused).toContain('a1');
  });
});

describe.skipIf(isWithoutChromium)('the player', () => {
  it('plays the choice of its address, and comes back when it is cut off', async () => {
    await stage.join('lobby', 'alice');
    const { page, troubles } = await stage.open('/lobby/embed.html?proto=webrtc&tracks=v1a2');
    await waitUntilPlaying(page, '#player', 1280);
    const own = async () =>
      (await sessionsOf(stage.emulator)).filter(
        ({ kind, tracks }) => kind === 'play' && tracks.join('') === 'v1a2',
      );
    // The chat page's, and this one.
    expect(await own()).toHaveLength(2);
    await page.getByText('lobby, tracks v1a2').waitFor();
    expect(await page.title()).toBe('lobby – mosaic2');
    await page.getByRole('button', { name: 'Unmute' }).waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Pause' }).click();
    // Its text says what it does: a pressed state beside it would say the opposite.
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    expect(await page.locator('#pause').getAttribute('aria-pressed')).toBeNull();
    expect(await page.evaluate("document.getElementById('player').muted")).toBe(false);
    expect(troubles).toEqual([]);

    await stage.emulator.close();
    await page.getByText(/Trying again in \d+ s/).waitFor({ timeout: 30_000 });
    await stage.startAnew();
    await page.getByText('lobby, tracks v1a2').waitFor({ timeout: 30_000 });
  });

  it('leaves no session behind where the browser cannot use the answer', async () => {
    const { page } = await stage.open('/ui/');
    await page.addInitScript(
      "RTCPeerConnection.prototype.setRemoteDescription = () => Promise.reject(new Error('no'));",
    );
    await page.goto(`${stage.emulator.httpUrls[0]}/lobby/embed.html`);
    await page.getByText('This browser cannot make the connection.').waitFor();
    // Long before the server gives up somebody who never connects.
    await vi.waitUntil(async () => (await sessionsOf(stage.emulator)).length === 0, { timeout: 5000 });
  });

  it('waits for a stream that is not there yet', async () => {
    const { page } = await stage.open('/alice/embed.html?proto=webrtc');
    await page.getByText(/There is no stream alice.* Trying again in \d+ s/).waitFor();
    await stage.join('quiet', 'alice');
    await page.getByText('alice', { exact: true }).last().waitFor({ timeout: 20_000 });
    await waitUntilPlaying(page, '#player');
    expect(membersOf(stage.emulator, 'quiet')).toEqual(['alice']);
  });

  it.each([
    ['/lobby/embed.html?proto=hls', 'This player knows WebRTC only, not proto=hls.'],
    ['/lobby/embed.html?proto=webrtc&tracks=<b>', 'Tracks must look like "v1a3" or "a3", not "<b>".'],
  ])('says what is wrong with %s', async (path, problem) => {
    const { page } = await stage.open(path);
    await page.getByText(problem).waitFor();
  });

  it('begins without sound where the browser wants it so, and has a button for it', async () => {
    const strict = await launchBrowser({ autoplay: false });
    try {
      const { page } = await stage.open('/lobby/embed.html?proto=webrtc', { by: strict });
      const unmute = page.getByRole('button', { name: 'Unmute' });
      await unmute.waitFor();
      await waitUntilPlaying(page, '#player', 1280);
      await unmute.click();
      await unmute.waitFor({ state: 'hidden' });
      expect(await page.evaluate("document.getElementById('player').muted")).toBe(false);
    } finally {
      await strict.close();
    }
  });
});
