/** The page of an invented exchange with Meridian's chat, on loopback. */
export function serveWidgetSite(options: {
  readonly widget: string;
  readonly hub: string;
  readonly site: string;
  readonly password: string;
  readonly key: string;
  readonly name?: string;
  readonly port?: number;
  readonly identity?: () => Promise<{ readonly token: string; readonly name: string }>;
}): Promise<{ readonly url: string; close(): Promise<void> }>;
