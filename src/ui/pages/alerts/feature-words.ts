const WORDS: Readonly<Record<string, string>> = {
  level: 'the value itself',
  mean: 'its mean over the last samples',
  change: 'its change from the sample before',
  volatility: 'how restless it is of late',
  drift: 'how far it has drifted over the last minutes',
  season: 'its distance from the usual at this time of day',
  peers: 'its distance from devices of the same role',
};

/** Name of a feature, split into its metric's key and what of the metric it is: `cpu_usage drift`. A name without a space is all metric. */
export function splitFeatureName(name: string): { readonly metric: string; readonly kind: string } {
  const at = name.lastIndexOf(' ');
  return at < 0 ? { metric: name, kind: '' } : { metric: name.slice(0, at), kind: name.slice(at + 1) };
}

/** What a kind of feature, e.g. `drift`, looks at, in words; '' for one without words. */
export function featureWords(kind: string): string {
  return WORDS[kind] ?? '';
}
