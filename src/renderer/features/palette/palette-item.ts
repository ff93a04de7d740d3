export interface PaletteItem {
  readonly id: string;
  readonly kind: 'recent' | 'action' | 'view' | 'case' | 'person' | 'who' | 'search';
  readonly label: string;
  readonly detail?: string | undefined;
  readonly keys?: string | undefined;
  readonly isVip?: boolean | undefined;
  /** Choosing it asks something that the palette itself answers. */
  readonly staysOpen?: boolean | undefined;
  /** Why it can not be done now; choosing it says so. */
  readonly whyNot?: string | undefined;
  readonly run: () => void;
}

export interface PaletteGroup {
  readonly id: string;
  readonly label: string;
  readonly items: readonly PaletteItem[];
}
