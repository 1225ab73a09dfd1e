import { type Alert, CAUSE_LABELS } from '../../../domain/alerts';

/** The alert's cause in words. */
export function causeLabel(alert: Pick<Alert, 'cause'>): string {
  return CAUSE_LABELS[alert.cause];
}
