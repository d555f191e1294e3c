// Takes the README's pictures of the chat and the dashboard: npm run build, then node scripts/screenshot-pages.mjs
// The members are bots that play recorded pictures and speech; the guest is a browser.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const config = `http 127.0.0.1:0;
edit_auth user pass;
stream lobby { input mosaic2:// disable_video=false; }
stream "team/standup" { input mosaic2:// bitrate=24 samplerate=16000 samples=320; }
template any { prefix ""; input publish://; }
`;
const children = [];

/** Runs a command of this project, and waits for a line that matches. */
async function start(args, pattern) {
  const child = spawn(process.execPath, [join(root, 'dist/cli.js'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    const found = pattern.exec(line);
    if (found === null) continue;
    child.stdout.resume();
    return found;
  }
  throw new Error(`${args[0]} ended too early`);
}

async function stop() {
  for (const child of children.reverse()) {
    if (child.exitCode !== null) continue;
    child.kill('SIGINT');
    await once(child, 'exit');
  }
}

const folder = await mkdtemp(join(tmpdir(), 'mosaic2-screenshots-'));
let browser;
try {
  await writeFile(join(folder, 'pages.conf'), config);
  const [, url] = await start(
    ['emulator', '--log-level', 'warn', '--config', join(folder, 'pages.conf')],
    /ready: (http:\S+)/,
  );
  const target = url.replace('://', '://user:pass@');
  const bots = (room, count, ...more) =>
    start(
      ['bots', '--target', target, '--room', room, '--count', String(count), '--sound', 'speech', ...more],
      new RegExp(`${room}-bot-${count} `),
    );
  await bots('lobby', 3, '--picture', 'samples');
  await bots('team/standup', 2);

  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
  const open = async (path, height) => {
    const context = await browser.newContext({
      httpCredentials: { username: 'user', password: 'pass' },
      viewport: { width: 1180, height },
    });
    const page = await context.newPage();
    await page.goto(url + path);
    return page;
  };
  const chat = await open('/ui/chat?room=lobby', 690);
  await chat.getByLabel('Camera').uncheck();
  await chat.locator('#room option').first().waitFor({ state: 'attached' });
  await chat.getByLabel('Your name').fill('guest');
  await chat.getByRole('button', { name: 'Join' }).click();
  await chat.getByText('Connected', { exact: true }).waitFor();
  const dashboard = await open('/ui/', 900);
  await dashboard.getByRole('button', { name: 'stat', exact: true }).click();
  await dashboard.getByText('"clients"').waitFor();
  await dashboard.locator('.preview[src]').waitFor();
  // Until the pictures of all have come, and somebody speaks.
  await chat.waitForTimeout(4000);
  await dashboard.evaluate('window.scrollTo(0, 0)');
  await chat.screenshot({ path: join(root, 'docs/chat.png') });
  await dashboard.screenshot({ path: join(root, 'docs/dashboard.png') });
} finally {
  await browser?.close();
  await stop();
  await rm(folder, { recursive: true });
}
