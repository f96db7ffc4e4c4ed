import {
  type ComparedDayPage,
  type ComparedDayRow,
  type DifferencePage,
  findComparedDays,
  findDifferences,
  type RecordDifferenceRow,
} from "../queries/find-completeness.ts";
import { MAX_PARENTS } from "./children.ts";
import { type LoaderSpec, reading } from "./define-loader.ts";

/** Loads a page of the compared days of a source, newest first. */
export const comparedDays: LoaderSpec<ComparedDayPage, readonly ComparedDayRow[]> = {
  key: (page) => JSON.stringify(page),
  maxBatch: MAX_PARENTS,
  load: reading(findComparedDays),
};

/** Loads a page of the differences that comparisons of a source have found, newest first. */
export const recordDifferences: LoaderSpec<DifferencePage, readonly RecordDifferenceRow[]> = {
  key: (page) => JSON.stringify(page),
  maxBatch: MAX_PARENTS,
  load: reading(findDifferences),
};
