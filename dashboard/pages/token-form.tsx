import { useState } from "preact/hooks";
import { useApp } from "../state/app-context.ts";
import { Page } from "../ui/elements.tsx";
import { TextField } from "../ui/form.tsx";

/** Asks for a token where the service wants one. */
export function TokenForm() {
  const { session } = useApp();
  const [token, setToken] = useState("");
  return (
    <Page title="Sign in" sentence="This service wants a token.">
      <form
        class="sign-in"
        onSubmit={(event) => {
          event.preventDefault();
          const input = event.currentTarget.querySelector("input");
          const entered = (input?.value ?? token).trim();
          if (entered !== "") session.signIn(entered);
        }}
      >
        {session.hasToken.value && <p role="alert">The service refused the token: {session.refusal.value}</p>}
        {!session.hasToken.value && session.refusal.value !== undefined && <p class="hint">{session.refusal.value}</p>}
        <TextField label="Token" type="password" value={token} isRequired onChange={setToken} />
        <button type="submit" class="primary">
          Sign in
        </button>
        <p class="hint">
          The token stays in this tab until it is closed, and is sent to this service alone. In a checkout,{" "}
          <code>npm run --silent token</code> prints one.
        </p>
      </form>
    </Page>
  );
}
