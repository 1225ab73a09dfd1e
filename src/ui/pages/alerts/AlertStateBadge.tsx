import type { Alert } from '../../../domain/alerts';
import { Badge } from '../../components/badges';

/** Whether an alert goes on, and whether somebody has seen it. */
export function AlertStateBadge({ alert }: { readonly alert: Pick<Alert, 'state' | 'acknowledged'> }) {
  const seen = alert.acknowledged ? ', seen' : '';
  if (alert.state === 'ongoing') {
    return (
      <Badge tone="danger" shape="circle">
        Ongoing{seen}
      </Badge>
    );
  }
  if (alert.state === 'resolved') {
    return (
      <Badge tone="ok" shape="check">
        Resolved{seen}
      </Badge>
    );
  }
  return (
    <Badge tone="quiet" shape="dash">
      Expired{seen}
    </Badge>
  );
}
