/**
 * Fields of an event that the dashboard selects, beside `__typename` and `cursor`. Objects by their ids only: what is on
 * the page is read again where an event concerns it, so thousands of events per second cost the server no reads.
 */
export const EVENT_FIELDS = `
  at source { id }
  ... on RunStarted { run { id } }
  ... on RunProgressed { run { id } stream records changed progress }
  ... on RunFinished { run { id } runStatus: status }
  ... on EntityChanged { change entityType entityId }
  ... on DeliveryReceived { delivery { id } }
  ... on DeliveryParked { delivery { id } }
  ... on RecordQuarantined { record { id } }
  ... on SourceStatusChanged { sourceStatus previousStatus statusReason }
  ... on SourceHealthChanged { health previousHealth cause }
  ... on PayoutMatchChanged { objectId matchState previousMatchState }
  ... on EvidencePackFinished { packId packStatus }
  ... on FindingOpened { finding { id } }
  ... on FindingClosed { finding { id } }
  ... on BudgetClosed { bucket closedReason closedUntil }
`;

interface ById {
  readonly id: string;
}

/** An event with the fields of `EVENT_FIELDS`. Those of other types are undefined; null is an object that was deleted. */
export interface LiveEvent {
  readonly __typename: string;
  readonly cursor: string;
  readonly at: string;
  readonly source: ById | null;
  readonly run?: ById | null;
  readonly stream?: string;
  readonly records?: string;
  readonly changed?: string;
  readonly progress?: number | null;
  readonly runStatus?: string;
  readonly change?: string;
  readonly entityType?: string;
  readonly entityId?: string;
  readonly delivery?: ById | null;
  readonly record?: ById | null;
  readonly sourceStatus?: string;
  readonly previousStatus?: string;
  readonly statusReason?: string | null;
  readonly health?: string;
  readonly previousHealth?: string;
  readonly cause?: string | null;
  readonly objectId?: string;
  readonly matchState?: string | null;
  readonly previousMatchState?: string | null;
  readonly packId?: string;
  readonly packStatus?: string;
  readonly finding?: ById | null;
  readonly bucket?: string;
  readonly closedReason?: string;
  readonly closedUntil?: string;
}
