"""The optional sentence model: loaded from a folder that the test makes, searched as one more view, off unless configured."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers

from bot.renewal import renew
from knowledge_base import Entry, Index, Phrasing, Urgency
from knowledge_base.calibration import packaged
from knowledge_base.problems import ContentProblems
from knowledge_base.semantic import SentenceModel
from tests.talk import Service
from tests.test_library import written

# What the little model knows: words of one line mean the same.
MEANINGS = (("pills", "capsules", "tablets"), ("broke", "tore", "burst"), ("clinic", "doctors", "hospital"))
ENTRIES = [
    Entry("prep", "", Urgency.NORMAL, {}, (Phrasing("the pills", "en"), Phrasing("daily pills", "en"))),
    Entry("burst", "", Urgency.NORMAL, {}, (Phrasing("it broke", "en"),)),
    Entry("clinic", "", Urgency.NORMAL, {}, (Phrasing("the clinic", "en"),)),
]


def made(folder: Path, inputs: Sequence[str] = ("input_ids", "attention_mask", "token_type_ids")) -> Path:
    """Write a model that gives each token a fixed vector, and its tokenizer; return the folder."""
    folder.mkdir()
    vocabulary = {"[PAD]": 0, "[UNK]": 1}
    for word in (word for line in MEANINGS for word in line):
        vocabulary[word] = len(vocabulary)
    vectors = np.zeros((len(vocabulary), len(MEANINGS)), np.float32)
    vectors[0] = 9  # what fills up short texts must not count
    for number, line in enumerate(MEANINGS):
        vectors[[vocabulary[word] for word in line], number] = 1
    places = [helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"]) for name in inputs]
    states = helper.make_tensor_value_info("states", TensorProto.FLOAT, ["texts", "tokens", len(MEANINGS)])
    nodes = [helper.make_node("Gather", ["vectors", "input_ids"], ["states"])]
    graph = helper.make_graph(nodes, "words", places, [states], [numpy_helper.from_array(vectors, "vectors")])
    versions = {"opset_imports": [helper.make_opsetid("", 17)], "ir_version": 8}
    onnx.save(helper.make_model(graph, **versions), folder / "model.onnx")
    tokenizer = Tokenizer(models.WordLevel(vocabulary, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


@pytest.fixture
def model(tmp_path: Path) -> SentenceModel:
    return SentenceModel.open(made(tmp_path / "model"))


def test_texts_that_mean_the_same_have_the_same_vector_of_length_one(model: SentenceModel) -> None:
    rows = model.vectors(["pills", "capsules and tablets", "burst", "xyz"])
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1, 0])
    assert rows[0] @ rows[1] == pytest.approx(1)
    assert rows[0] @ rows[2] == pytest.approx(0)


def test_many_texts_are_read_in_parts_and_a_text_alone_as_among_others(model: SentenceModel) -> None:
    texts = ["pills " * number for number in range(1, 100)]
    assert model.vectors(texts).shape == (99, len(MEANINGS))
    assert model.vectors(texts)[3] == pytest.approx(model.vectors(texts[3:4])[0])


def test_a_model_is_given_only_what_it_takes(tmp_path: Path) -> None:
    plain = SentenceModel.open(made(tmp_path / "plain", ("input_ids", "attention_mask")))
    assert plain.vectors(["broke"]) @ plain.vectors(["tore"]).T == pytest.approx(np.ones((1, 1)))


def test_what_shares_no_letters_is_found_by_its_meaning_and_only_then(model: SentenceModel) -> None:
    with_model, without = Index.build(ENTRIES, model=model), Index.build(ENTRIES)
    for word, entry in (("capsules", "prep"), ("tore", "burst"), ("doctors", "clinic")):
        assert with_model.search(word)[0].entry_id == entry
        assert with_model.explain(word).reasons[0].shares["meaning"] > 0
        assert without.explain(word).reasons[0].shares["meaning"] == 0
    assert with_model.search("😭") == []


def test_without_words_nothing_is_asked_of_the_model(model: SentenceModel) -> None:
    views = Index.build(ENTRIES, model=model).views
    assert views is not None
    assert views.evidence(views.read([])).meaning.tolist() == [0, 0, 0]


def test_with_a_model_the_calibration_fitted_with_one_is_used(model: SentenceModel) -> None:
    assert Index.build(ENTRIES, model=model).calibration == packaged(semantic=True) != packaged()
    assert Index.build(ENTRIES).calibration == packaged()
    assert packaged(semantic=True).views[-1] > 0 == packaged().views[-1]


async def test_renewed_content_keeps_the_model(line: Service, model: SentenceModel, tmp_path: Path) -> None:
    world = line.app.world
    world.library = replace(world.library, model=model)
    written(tmp_path / "new")
    await renew(world, tmp_path / "new")
    assert world.library.model is model
    assert world.library.index.calibration == packaged(semantic=True)


def complaint(folder: Path) -> str:
    """What is said of a folder that holds no model."""
    with pytest.raises(ContentProblems) as caught:
        SentenceModel.open(folder)
    (problem,) = caught.value.problems
    assert problem.file == folder
    return problem.sentence


def test_a_folder_without_a_model_is_named_with_the_remedy(tmp_path: Path) -> None:
    remedy = "is no sentence model; give a folder with model.onnx and tokenizer.json, both readable"
    assert complaint(tmp_path) == remedy
    folder = made(tmp_path / "model")
    (folder / "tokenizer.json").write_text("{}")
    assert complaint(folder) == remedy


def test_without_the_extra_its_name_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert complaint(tmp_path) == "needs the extra; install msiri[semantic]"
