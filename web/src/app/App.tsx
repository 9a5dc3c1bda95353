import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { App as AntApp, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { useEffect } from "react";
import { onSignedOut, Problem } from "@/api/client";
import { nonce } from "@/kit/nonce";
import { themeOf, useShade } from "@/kit/theme";
import { useLanguage } from "@/kit/words";
import { makeRouter } from "./router";

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && error instanceof Problem && error.passing,
    },
  },
});
const router = makeRouter(client);

onSignedOut(() => {
  const back = router.state.location.href;
  client.clear();
  if (!router.state.location.pathname.startsWith("/sign-in")) {
    void router.navigate({ to: "/sign-in", search: { back } as never });
  }
});

export function App() {
  const shade = useShade();
  const language = useLanguage();
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  }, [language]);
  return (
    <ConfigProvider
      theme={themeOf(shade)}
      csp={{ nonce }}
      locale={language === "zh" ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
    >
      <AntApp
        className="fill"
        message={{ maxCount: 2 }}
        notification={{ maxCount: 3, placement: "topRight" }}
      >
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}
