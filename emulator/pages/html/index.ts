import { chatPage } from './chat.ts';
import { dashboardPage } from './dashboard.ts';
import { embedPage } from './embed.ts';
import { refusedPage } from './refused.ts';

/** All pages, by name. */
export const pages = {
  dashboard: dashboardPage,
  chat: chatPage,
  embed: embedPage,
  refused: refusedPage,
} as const;

export type PageName = keyof typeof pages;
