import type { Translation } from './translation.ts';

/** Words of the settings. */
export const settingsEn = {
  title: 'Settings',
};

export const settingsZh: Translation<typeof settingsEn> = {
  title: '设置',
};
