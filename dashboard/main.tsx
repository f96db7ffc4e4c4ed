import { render } from "preact";
import { Root } from "./app.tsx";
import { AppProvider, createApp } from "./state/app-context.ts";
import { watchRoute } from "./state/route.ts";
import "./styles/tokens.css";
import "./styles/layout.css";
import "./styles/elements.css";
import "./styles/tables.css";
import "./styles/pages.css";

const place = document.getElementById("app");
if (place === null) throw new Error("the page has no place for the app");
watchRoute();
render(
  <AppProvider value={createApp()}>
    <Root />
  </AppProvider>,
  place,
);
