export const CHROMIUM_ARGS: string[];

export function findChromium(options?: {
  readonly install?: boolean;
  readonly log?: (line: string) => void;
}): Promise<string>;
