import { baseStyle } from './base.ts';
import { chatStyle } from './chat.ts';
import { dashboardStyle } from './dashboard.ts';
import { embedStyle } from './embed.ts';

/** The stylesheet of all pages. */
export const style = [baseStyle, chatStyle, dashboardStyle, embedStyle].join('\n');
