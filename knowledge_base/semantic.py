"""A sentence model as one more view of the phrasings, for organisations that install one: the extra `msiri[semantic]`.

Off by default. A model is a folder with `model.onnx` and `tokenizer.json`, as the makers of sentence models publish them; the
folder is named by `[knowledge] semantic_model` and must be there already: nothing is ever fetched.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol, Self

import numpy as np

from knowledge_base.postings import Scores
from knowledge_base.problems import ContentProblems, Problem

MODEL, TOKENIZER = "model.onnx", "tokenizer.json"
# Words beyond are not read: sentence models are trained on short texts, and a long message would cost tens of milliseconds.
_MOST_TOKENS = 128
_BATCH = 32


class Embeds(Protocol):
    """Whatever turns texts into vectors."""

    def vectors(self, texts: Sequence[str]) -> Scores:
        """Return one row of length 1 for each text."""
        ...


class SentenceModel:
    """A model in a local folder, run by ONNX Runtime."""

    def __init__(self, session: Any, tokenizer: Any) -> None:
        self._session, self._tokenizer = session, tokenizer
        self._inputs = [one.name for one in session.get_inputs()]

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Return the model in `folder`; raises `ContentProblems` when the extra or a file is missing or cannot be read."""
        try:
            import onnxruntime  # not at the top: only whoever has the extra has it
            import tokenizers

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1  # the other cores answer other clients
            session = onnxruntime.InferenceSession(folder / MODEL, options, providers=["CPUExecutionProvider"])
            tokenizer = tokenizers.Tokenizer.from_file(str(folder / TOKENIZER))
        except ImportError:
            raise _problem(folder, "needs the extra; install msiri[semantic]") from None
        except Exception:  # noqa: BLE001 - both libraries raise plain Exception and classes of their own
            message = f"is no sentence model; give a folder with {MODEL} and {TOKENIZER}, both readable"
            raise _problem(folder, message) from None
        tokenizer.enable_padding()
        tokenizer.enable_truncation(_MOST_TOKENS)
        return cls(session, tokenizer)

    def vectors(self, texts: Sequence[str]) -> Scores:
        """Return one row of length 1 for each text: the mean over its tokens, as sentence models are trained to be read."""
        parts = [self._some(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
        return np.concatenate(parts)

    def _some(self, texts: Sequence[str]) -> Scores:
        tokens = self._tokenizer.encode_batch(list(texts))
        given = {
            "input_ids": [one.ids for one in tokens],
            "attention_mask": [one.attention_mask for one in tokens],
            "token_type_ids": [one.type_ids for one in tokens],
        }
        (states, *_) = self._session.run(None, {name: np.array(given[name], np.int64) for name in self._inputs})
        mask = np.array(given["attention_mask"], np.float32)[:, :, None]
        return _unit((states * mask).sum(1))


class Meaning:
    """The phrasings of all entries as vectors."""

    def __init__(self, model: Embeds, phrasings: Sequence[Sequence[str]]) -> None:
        self._model = model
        self._rows = model.vectors([" ".join(words) for words in phrasings])

    def scores(self, forms: Sequence[Sequence[str]]) -> Scores:
        """Return the likeness (cosine) of each phrasing to the mean of the forms of a question."""
        said = self._model.vectors([" ".join(words) for words in forms]).mean(0)
        found: Scores = self._rows @ _unit(said)
        return found


def _unit(rows: Scores) -> Scores:
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    found: Scores = (rows / np.where(lengths > 0, lengths, 1.0)).astype(np.float32)
    return found


def _problem(folder: Path, message: str) -> ContentProblems:
    return ContentProblems([Problem(folder, 0, message)])
