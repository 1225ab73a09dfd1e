import { formatPercent } from '../format';

/** How far a score may be trusted for what had been seen when it was given: 0..1, in whole percent. NaN: nothing was scored. */
export function Confidence({ value }: { readonly value: number }) {
  if (Number.isNaN(value)) return <>not known yet</>;
  return (
    <span title="Grows with the normal samples that the models were calibrated on and with what was seen of this device.">
      {formatPercent(value, 0)} {wordFor(value)}
    </span>
  );
}

function wordFor(value: number): string {
  if (value < 0.5) return '(little was seen so far)';
  return value < 0.8 ? '(enough was seen to go by)' : '(much was seen)';
}
