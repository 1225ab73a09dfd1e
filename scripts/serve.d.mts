export interface ServedSite {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}
export const DIST: string;
export const BASE: string;
export function serveFolder(options?: {
  readonly folder?: string;
  readonly base?: string;
  readonly port?: number;
}): Promise<ServedSite>;
export function serveOnPort(options: {
  readonly folder?: string;
  readonly base?: string;
  readonly port: number;
  readonly insist: boolean;
}): Promise<ServedSite>;
export function portArgument(args?: readonly string[]): { readonly port: number; readonly insist: boolean };
