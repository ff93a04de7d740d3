/** True on macOS, where the command key takes the place of Ctrl. */
export const IS_MAC = typeof navigator !== 'undefined' && /mac/iu.test(navigator.platform);
