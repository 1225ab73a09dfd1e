import { Copy, Download } from 'lucide-react';
import { useState } from 'react';
import type { Alert } from '../../domain/alerts';
import { formatIso } from '../format';
import { useApp, useFacts } from '../hooks';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { EmptyState } from './EmptyState';
import styles from './report-dialog.module.css';

/** An alert's incident report as Markdown: to read, to copy, to download. It follows the alert while that goes on. */
export function ReportDialog({ alert, onClose }: { readonly alert: Alert; readonly onClose: () => void }) {
  const { commands } = useApp();
  const [copied, setCopied] = useState('');
  const report = useFacts(['alerts'], (app) => app.engine.incidentReport(alert.id), [alert.id]);
  const text = report.data?.ok === true ? report.data.value : undefined;
  const why = report.data?.ok === false ? report.data.error.message : report.error;

  const copy = async (markdown: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(markdown);
      setCopied('Copied.');
    } catch (cause) {
      console.warn('the clipboard refused', cause);
      setCopied('The browser refused. Select the text and copy it yourself.');
    }
  };
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Incident report"
      description={`${alert.deviceName}, as Markdown; states only what was measured`}
      footer={
        text === undefined ? undefined : (
          <>
            <span className={styles.copied} role="status">
              {copied}
            </span>
            <Button icon={<Copy aria-hidden="true" />} onClick={() => void copy(text)}>
              Copy
            </Button>
            <Button
              variant="primary"
              icon={<Download aria-hidden="true" />}
              onClick={() => commands.save(reportName(alert), new Blob([text], { type: 'text/markdown' }))}
            >
              Download
            </Button>
          </>
        )
      }
    >
      {text !== undefined ? (
        <pre className={styles.report}>{text}</pre>
      ) : why === undefined ? (
        <EmptyState kind="loading" title="Writing the report" />
      ) : (
        <EmptyState
          kind="failed"
          title="The report could not be written"
          detail={why}
          action={{ label: 'Try again', onClick: report.reload }}
        />
      )}
    </Dialog>
  );
}

/** `incident-web-fra-01-2026-11-22T172013.md`: no character that a file system refuses. */
function reportName(alert: Alert): string {
  const device = alert.deviceName.replaceAll(/[^\w-]+/g, '-');
  return `incident-${device}-${formatIso(alert.openedAt).slice(0, 19).replaceAll(':', '')}.md`;
}
