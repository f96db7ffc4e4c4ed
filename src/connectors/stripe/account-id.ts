/** An id of a connected account. */
export const ACCOUNT_ID = /^acct_[A-Za-z0-9]{1,250}$/;
