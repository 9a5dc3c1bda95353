import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Avatar, Button, Form, Input, Spin } from "antd";
import { useState } from "react";
import { meAsk } from "@/api/asks";
import { Problem, wordsOf } from "@/api/problem";
import { useFilters } from "@/kit/route";
import { useWords } from "@/kit/words";
import { type DemoPerson, demoPeopleAsk, enterDemo, signIn, welcomeAsk } from "./welcome";
import { words } from "./words";

/** Only addresses of our own may be gone back to. */
export function safeBack(back: unknown): string {
  return typeof back === "string" && /^\/(?![/\\])/.test(back) && !back.startsWith("/sign-in") ? back : "/";
}

export default function SignIn() {
  const { data: welcome } = useQuery(welcomeAsk);
  return (
    <main className="door">
      <div className="door-box">
        <h1 className="door-mark">地基 Diji</h1>
        {welcome?.company && <p className="quiet">{welcome.company}</p>}
        {welcome?.oneClick ? <DemoDoor /> : <PasswordDoor />}
      </div>
    </main>
  );
}

function useEntering() {
  const client = useQueryClient();
  const { back } = useFilters();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const enter = async (act: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    try {
      await act();
      client.removeQueries({ queryKey: meAsk.queryKey });
      location.assign(safeBack(back));
    } catch (error) {
      setBusy(false);
      setProblem(error instanceof Problem ? error : new Problem("broken", wordsOf(error), 0));
    }
  };
  return { enter, busy, problem };
}

function PasswordDoor() {
  const said = useWords(words);
  const { enter, busy, problem } = useEntering();
  return (
    <Form<{ login: string; password: string }>
      layout="vertical"
      requiredMark={false}
      onFinish={({ login, password }) => void enter(() => signIn(login, password))}
    >
      <p className="quiet door-hint">{said.signInHint}</p>
      <Form.Item name="login" label={said.login} rules={[{ required: true, message: said.fill(said.login) }]}>
        <Input autoFocus autoComplete="username" autoCapitalize="off" />
      </Form.Item>
      <Form.Item
        name="password"
        label={said.password}
        rules={[{ required: true, message: said.fill(said.password) }]}
      >
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      {problem && <Alert type="error" title={problem.message} showIcon className="door-hint" />}
      <Button type="primary" htmlType="submit" block loading={busy}>
        {said.signIn}
      </Button>
    </Form>
  );
}

function DemoDoor() {
  const said = useWords(words);
  const { data: people, isPending } = useQuery(demoPeopleAsk);
  const { enter, busy, problem } = useEntering();
  const [chosen, setChosen] = useState<DemoPerson | null>(null);
  const [password, setPassword] = useState("");
  const asked = problem?.code === "demo_password";
  if (isPending) return <Spin />;
  const come = (person: DemoPerson) => {
    setChosen(person);
    void enter(() => enterDemo(person.id, password || undefined));
  };
  return (
    <>
      <p className="quiet door-hint">{said.demoTitle}</p>
      <div className="door-people">
        {people?.map((person) => (
          <button
            type="button"
            key={person.id}
            className="plain door-person"
            disabled={busy}
            onClick={() => come(person)}
          >
            <Avatar className="rail-avatar">{person.name.slice(-1)}</Avatar>
            <span>
              <b>{person.name}</b> · {said.roles[person.role]}
              <br />
              <span className="quiet">{person.does}</span>
            </span>
          </button>
        ))}
      </div>
      <p className="door-hint">
        <a href="/widget/try?shop=tmall" target="_blank" rel="noreferrer">
          {said.beConsumer} ↗
        </a>
      </p>
      {problem && (
        <Alert
          type={asked ? "info" : "error"}
          title={asked ? said.demoPassword : problem.message}
          className="door-hint"
        />
      )}
      {asked && chosen && (
        <Form onFinish={() => come(chosen)}>
          <Input.Password
            autoFocus
            aria-label={said.demoPassword}
            value={password}
            onChange={({ target }) => setPassword(target.value)}
          />
          <Button type="primary" htmlType="submit" block loading={busy} className="door-hint">
            {said.enter}
          </Button>
        </Form>
      )}
    </>
  );
}
