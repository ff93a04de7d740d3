import { chatDriver } from './chat.driver.ts';
import { discourseDriver } from './discourse.driver.ts';
import { emailDriver } from './email.driver.ts';
import type { Driver } from './peer.ts';
import { telegramDriver } from './telegram.driver.ts';
import { xDriver } from './x.driver.ts';

/** Every connector against every service that it can be tried on. */
export const DRIVERS: readonly Driver[] = [emailDriver, chatDriver, telegramDriver, discourseDriver, xDriver];
