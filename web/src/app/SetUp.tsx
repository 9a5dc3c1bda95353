import { Alert, Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { wordsOf } from "@/api/problem";
import type { FirstSteps } from "@/api/shapes";
import { passwordFault } from "@/kit/passwords";
import { PLATFORMS, platformName } from "@/kit/platforms";
import { useLanguage, useWords } from "@/kit/words";
import { setUp } from "./welcome";
import { words } from "./words";

export default function SetUp() {
  const said = useWords(words);
  const language = useLanguage();
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const begin = async (steps: FirstSteps) => {
    setBusy(true);
    setProblem("");
    try {
      await setUp(steps);
      location.assign("/");
    } catch (error) {
      setProblem(wordsOf(error));
      setBusy(false);
    }
  };
  const check = (login: () => string) => async (_: unknown, password: string | undefined) => {
    const fault = passwordFault(password ?? "", login());
    if (fault) throw new Error(fault === "empty" ? said.fill(said.password) : said[fault]);
  };
  const needed = (label: string) => [{ required: true, whitespace: true, message: said.fill(label) }];
  return (
    <main className="door">
      <div className="door-box">
        <p className="door-mark">地基 Diji</p>
        <h1>{said.setUpTitle}</h1>
        <p className="quiet door-hint">{said.setUpHint}</p>
        <Form<FirstSteps>
          layout="vertical"
          requiredMark={false}
          initialValues={{ platform: "own" }}
          onFinish={(steps) => void begin(steps)}
        >
          <Form.Item name="company" label={said.company} rules={needed(said.company)}>
            <Input autoFocus autoComplete="organization" />
          </Form.Item>
          <Form.Item name="shop" label={said.shop} rules={needed(said.shop)}>
            <Input />
          </Form.Item>
          <Form.Item name="platform" label={said.platform} extra={said.platformHint}>
            <Select options={PLATFORMS.map((value) => ({ value, label: platformName(value, language) }))} />
          </Form.Item>
          <Form.Item name="name" label={said.yourName} rules={needed(said.yourName)}>
            <Input autoComplete="name" />
          </Form.Item>
          <Form.Item name="login" label={said.login} rules={needed(said.login)}>
            <Input autoComplete="username" autoCapitalize="off" />
          </Form.Item>
          <Form.Item
            name="password"
            label={said.password}
            extra={said.passwordRule}
            rules={[({ getFieldValue }) => ({ validator: check(() => getFieldValue("login") ?? "") })]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          {problem && <Alert type="error" title={problem} showIcon className="door-hint" />}
          <Button type="primary" htmlType="submit" block loading={busy}>
            {said.begin}
          </Button>
        </Form>
      </div>
    </main>
  );
}
