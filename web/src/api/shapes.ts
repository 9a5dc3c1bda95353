import type { components } from "./schema";

type Shapes = components["schemas"];

export type Me = Shapes["Me"];
export type Role = Shapes["Role"];
export type Shop = Shapes["ShopOut"];
export type Colleague = Shapes["ColleagueOut"];
export type Member = Shapes["MemberOut"];
export type Welcome = Shapes["Welcome"];
export type FirstSteps = Shapes["FirstSteps"];
export type NewMember = Shapes["NewMember"];
export type MemberChange = Shapes["MemberChange"];
export type ShopChange = Shapes["ShopChange"];
export type Conversation = Shapes["ConversationOut"];
export type ConversationList = Shapes["ConversationList"];
export type Counts = Shapes["Counts"];
export type Attachment = Shapes["AttachmentOut"];
export type Consumer = Shapes["ConsumerOut"];
export type Order = Shapes["OrderOut"];
export type OrderState = Shapes["OrderState"];
export type Parcel = Shapes["ParcelOut"];
export type ParcelState = Shapes["ParcelState"];
export type AfterSale = Shapes["AfterSaleOut"];
export type Product = Shapes["ProductOut"];
export type Article = Shapes["ArticleOut"];
export type ArticleWords = Shapes["ArticleIn"];
export type Hit = Shapes["HitOut"];
export type Suggestion = Shapes["SuggestionOut"];
export type Source = Suggestion["sources"][number];
export type Strategy = Shapes["StrategyBody"];
export type StrategyVersion = Shapes["StrategyOut"];
export type Taxonomy = Shapes["Taxonomy"];

export type Emotion = "satisfied" | "neutral" | "anxious" | "disappointed" | "angry";

export interface Scored {
  id: string;
  score: number;
}

/** The machine's guess about one message, as `understanding.as_json` writes it. */
export interface Reading {
  intent: string;
  intents: Scored[];
  emotion: Emotion;
  emotion_scores: Record<string, number>;
  intensity: number;
  flags: string[];
  issues: Scored[];
  needs_human: number;
  reasons: string[];
  confident: boolean;
  /** Which parts a person has put right, and what the machine had thought. */
  corrected?: Partial<Record<"emotion" | "intent" | "issues", { by: string; guessed: string[] }>>;
  because: { of: string; text: string; start: number; end: number }[];
}

export type Message = Omit<Shapes["MessageOut"], "reading"> & { reading: Reading | null };
