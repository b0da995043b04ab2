"""Writes a folder of transformers with weights of Flax alone, by the last releases that had classes of Flax.

Needs transformers==4.46.3, flax==0.8.5, jax==0.4.30 and numpy<2.
"""

import os

import flax
import jax
import transformers
from common import place, run_all, start, write_truth


def bert_flax():
    """A classifier of texts; the configuration leaves the beginning of the class' name out."""
    config = transformers.BertConfig(
        hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8, vocab_size=32,
        max_position_embeddings=16, num_labels=3)
    model = transformers.FlaxBertForSequenceClassification(config)
    path = place("huggingface", "bert_flax")
    model.save_pretrained(path)
    call = f'transformers.FlaxBertForSequenceClassification.from_pretrained("{path.name}")'
    os.chdir(path.parent)
    again = eval(call)
    total = sum(leaf.size for leaf in jax.tree_util.tree_leaves(again.params))
    assert model.config.architectures == ["BertForSequenceClassification"]
    write_truth(
        path, written_by={"transformers": transformers.__version__, "flax": flax.__version__},
        how="FlaxBertForSequenceClassification.save_pretrained",
        record={
            "verdict": "model", "format": {"id": "huggingface"},
            "facts": {"architecture": "BertForSequenceClassification", "parameters": {"total": total}},
            "loading": {"verdict": "data-only", "call": call, "requires": ["transformers<5", "flax"]}})


FUNCTIONS = [bert_flax]

if __name__ == "__main__":
    run_all(FUNCTIONS, start(__doc__.splitlines()[0]).names)
