import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import "./kit/tokens.css";
import "./kit/marks.css";
import "./app/shell.css";

const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
