import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Loading, Page, Problem } from "./elements.tsx";

/** Returns a page whose code is loaded when it is opened for the first time, so that the other pages load faster. */
export function lazyPage(title: string, load: () => Promise<ComponentType>): ComponentType {
  let loaded: ComponentType | undefined;
  return function LazyPage() {
    const [isFailed, setFailed] = useState(false);
    const [, setVersion] = useState(0);
    function start(): void {
      setFailed(false);
      load().then(
        (component) => {
          loaded = component;
          setVersion((version) => version + 1);
        },
        () => setFailed(true),
      );
    }
    useEffect(() => (loaded === undefined ? start() : undefined), []);
    const Loaded = loaded;
    if (Loaded !== undefined) return <Loaded />;
    return (
      <Page title={title}>
        {isFailed ? (
          <Problem
            text="The page could not be loaded: Sluice may have been updated. Reload."
            retry={() => location.reload()}
          />
        ) : (
          <Loading />
        )}
      </Page>
    );
  };
}
