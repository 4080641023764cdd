import { Alert, Button } from '@grafana/ui';
import type { Failure } from './failure.ts';

interface Props {
  readonly error: Failure;
  readonly onRetry: () => void;
}

/** What the backend says of a question that failed, and what to do about it. */
export function ResourceProblem({ error, onRetry }: Props) {
  const retry = (
    <Button size="sm" variant="secondary" onClick={onRetry}>
      Try again
    </Button>
  );
  return (
    <Alert severity="error" title={error.message} action={retry}>
      {error.hint}
    </Alert>
  );
}
