"""Writes folders of Hugging Face's libraries with tiny random weights, and what the library says of each.

Needs requirements-huggingface.txt. Each function is named like its artifact; each model is loaded again.
"""

import json
import os
import shutil

os.environ["HF_HUB_OFFLINE"] = "1"

import numpy
import torch

import torchvision_operators  # before transformers
import transformers
from common import place, run_all, skip, start, write_truth

BY_TRANSFORMERS = {"transformers": transformers.__version__, "torch": torch.__version__}


def numbers(model):
    """Parameters and buffers of a torch module that its files hold."""
    state = model.state_dict()
    parameters = {name for name, _ in model.named_parameters()}
    total = sum(tensor.numel() for name, tensor in state.items() if name in parameters)
    return total


def record(model, **facts):
    return {
        "verdict": "model",
        "format": {"id": "huggingface"},
        "facts": {
            "framework": "Hugging Face",
            "framework_version": transformers.__version__,
            "artifact_type": "save_pretrained",
            "roles": ["mlm:model", "mlm:weights"],
            "architecture": type(model).__name__,
            "parameters": {"total": numbers(model)},
            **facts,
        },
    }


def trim(folder, *names):
    for name in names:
        if (folder / name).exists():
            (folder / name).unlink()


def vit_classes():
    """Image classification with labels, an image processor and a model card."""
    torch.manual_seed(0)
    config = transformers.ViTConfig(
        hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8, image_size=32, patch_size=16,
        num_channels=3, id2label={0: "forest", 1: "water", 2: "urban"}, label2id={"forest": 0, "water": 1, "urban": 2},
    )
    model = transformers.ViTForImageClassification(config).eval()
    path = place("huggingface", "vit_classes")
    model.save_pretrained(path)
    processor = {
        "do_normalize": True, "do_rescale": True, "do_resize": True, "image_mean": [0.485, 0.456, 0.406],
        "image_processor_type": "ViTImageProcessor", "image_std": [0.229, 0.224, 0.225], "resample": 2,
        "rescale_factor": 1 / 255, "size": {"height": 32, "width": 32},
    }
    (path / "preprocessor_config.json").write_text(json.dumps(processor, indent=2) + "\n")
    (path / "README.md").write_text(
        "---\nlicense: apache-2.0\npipeline_tag: image-classification\nbase_model: google/vit-base-patch16-224\n"
        "datasets:\n- blanchon/EuroSAT_RGB\ntags:\n- remote-sensing\n---\n\n# A tiny ViT\n")
    again = transformers.ViTForImageClassification.from_pretrained(path).eval()
    out = again(torch.zeros(2, 3, 32, 32)).logits
    assert list(out.shape) == [2, 3]
    scale = lambda value: round(value * 255, 6)
    mean, std = processor["image_mean"], processor["image_std"]
    pixels = torch.rand(3, 32, 32) * 255
    ours = torch.stack([(pixels[i] - scale(mean[i])) / scale(std[i]) for i in range(3)])
    theirs = (pixels / 255 - torch.tensor(mean)[:, None, None]) / torch.tensor(std)[:, None, None]
    assert torch.allclose(ours, theirs, atol=1e-5)
    whole = lambda value: int(value) if value == int(value) else value
    write_truth(
        path, written_by=BY_TRANSFORMERS, how="ViTForImageClassification.save_pretrained; processor and card by hand",
        record=record(
            model,
            tasks=["classification"], license="Apache-2.0", pretrained_source="google/vit-base-patch16-224",
            inputs=[{
                "name": again.main_input_name, "shape": [-1, 3, 32, 32], "data_type": "float32",
                "dim_order": ["batch", "channel", "height", "width"],
                "value_scaling": [
                    {"type": "z-score", "mean": whole(scale(m)), "stddev": whole(scale(s))} for m, s in zip(mean, std)
                ],
                "resize_type": "interpolation-linear",
            }],
            outputs=[{
                "name": "logits", "shape": [-1, 3], "data_type": "float32", "dim_order": ["batch", "class"],
                "labels": ["forest", "water", "urban"],
            }],
        ) | {"loading": {"verdict": "data-only"}})


def image_processors():
    """Processors that do more than they seem to, or less; what each does to black and to white says how it scales."""
    torch.manual_seed(1)
    config = transformers.ViTConfig(
        hidden_size=4, num_hidden_layers=1, num_attention_heads=1, intermediate_size=4, image_size=8, patch_size=4, num_labels=2)
    model = transformers.ViTForImageClassification(config)
    sizes = {"size": {"height": 8, "width": 8}, "crop_size": {"height": 8, "width": 8}}
    cases = {
        "processor_twice": (transformers.EfficientNetImageProcessor(**sizes), "EfficientNet's, which divides twice"),
        "processor_turned": (transformers.MobileViTImageProcessor(**sizes), "MobileViT's, which turns the channels and keeps a mean unused"),
        "processor_old": (None, "one of the older library, whose file has no rescale_factor"),
    }
    for name, (processor, how) in cases.items():
        path = place("huggingface", name)
        model.save_pretrained(path)
        if processor:
            processor.save_pretrained(path)
        else:
            (path / "preprocessor_config.json").write_text(json.dumps({
                "do_normalize": True, "do_resize": True, "feature_extractor_type": "ViTFeatureExtractor",
                "image_mean": [0.5, 0.5, 0.5], "image_std": [0.25, 0.25, 0.25], "resample": 2, "size": 8}) + "\n")
            processor = transformers.ViTImageProcessor.from_pretrained(path)
        black, white = (
            float(processor(numpy.full((8, 8, 3), value, dtype=numpy.uint8), return_tensors="np")["pixel_values"].mean())
            for value in (0, 255))
        deviation = round(255 / (white - black), 4)
        mean = round(-black * deviation, 4)
        whole = lambda value: int(value) if value == int(value) else value
        step = {"type": "z-score", "mean": whole(mean), "stddev": whole(deviation)} if mean else {"type": "scale", "value": whole(deviation)}
        image = numpy.zeros((8, 8, 3), dtype=numpy.uint8)
        image[:, :, 0] = 255
        first, _, last = processor(image, return_tensors="np")["pixel_values"][0].mean(axis=(1, 2))
        findings = [{"severity": "note", "code": "image.channels-turned"}] if last > first else []
        assert bool(findings) == (name == "processor_turned")
        write_truth(
            path, written_by=BY_TRANSFORMERS, how=f"ViTForImageClassification.save_pretrained with an image processor: {how}",
            record=record(
                model, inputs=[{"shape": [-1, 3, 8, 8], "value_scaling": [step] * (3 if mean else 1)}],
            ) | {"findings": findings})


def segformer_shards():
    """Semantic segmentation in several shards."""
    torch.manual_seed(0)
    config = transformers.SegformerConfig(
        num_channels=6, depths=[1, 1], num_encoder_blocks=2, hidden_sizes=[4, 8], num_attention_heads=[1, 2],
        sr_ratios=[2, 1], patch_sizes=[7, 3], strides=[4, 2], mlp_ratios=[2, 2], decoder_hidden_size=8,
        id2label={0: "no water", 1: "water"}, label2id={"no water": 0, "water": 1},
    )
    model = transformers.SegformerForSemanticSegmentation(config).eval()
    path = place("huggingface", "segformer_shards")
    model.save_pretrained(path, max_shard_size="4KB")
    shards = sorted(file.name for file in path.glob("*.safetensors"))
    assert len(shards) > 1, shards
    write_truth(
        path, written_by=BY_TRANSFORMERS, how="SegformerForSemanticSegmentation.save_pretrained with max_shard_size",
        record=record(
            model, tasks=["semantic-segmentation"],
            outputs=[{"name": "logits", "shape": [-1, 2, -1, -1], "labels": ["no water", "water"]}],
        ) | {"loading": {"verdict": "data-only"}})


def tiny_gpt2(**more):
    torch.manual_seed(0)
    config = transformers.GPT2Config(
        n_embd=8, n_layer=1, n_head=2, n_positions=16, vocab_size=32, bos_token_id=0, eos_token_id=0, **more)
    return transformers.GPT2LMHeadModel(config).eval()


def gpt2_pickle_shards():
    """Shards that torch.save wrote, as transformers did before it took to safetensors."""
    model = tiny_gpt2(tie_word_embeddings=False)
    path = place("huggingface", "gpt2_pickle_shards")
    model.save_pretrained(path)
    (path / "model.safetensors").unlink()
    state = list(model.state_dict().items())
    half = len(state) // 2
    names = ["pytorch_model-00001-of-00002.bin", "pytorch_model-00002-of-00002.bin"]
    for name, part in zip(names, (state[:half], state[half:])):
        torch.save({key: value.clone() for key, value in part}, path / name)
    weight_map = {key: names[index >= half] for index, (key, _) in enumerate(state)}
    (path / "pytorch_model.bin.index.json").write_text(
        json.dumps({"metadata": {"total_size": 0}, "weight_map": weight_map}, indent=2) + "\n")
    again = transformers.GPT2LMHeadModel.from_pretrained(path)
    assert torch.equal(again.lm_head.weight, model.lm_head.weight)
    facts = record(model, tasks=["generative"])
    write_truth(
        path, written_by=BY_TRANSFORMERS, how="GPT2LMHeadModel, its state_dict in two files of torch.save",
        record=facts | {"loading": {"verdict": "data-only", "weights_only": True}})


def remote_code():
    """A class of the folder's own, named by auto_map."""
    model = tiny_gpt2()
    path = place("huggingface", "remote_code")
    model.save_pretrained(path)
    config = json.loads((path / "config.json").read_text())
    config["architectures"] = ["OwnForCausalLM"]
    config["auto_map"] = {"AutoModelForCausalLM": "modeling_own.OwnForCausalLM"}
    (path / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    (path / "modeling_own.py").write_text(
        "from transformers import GPT2LMHeadModel\n\n\nclass OwnForCausalLM(GPT2LMHeadModel):\n    pass\n")
    facts = record(model, architecture="OwnForCausalLM")
    facts["facts"]["parameters"] = {"total": numbers(model)}
    write_truth(
        path, written_by=BY_TRANSFORMERS, how="GPT2LMHeadModel with auto_map and a file of Python",
        record=facts | {"loading": {
            "verdict": "needs-code",
            "call": 'transformers.AutoModelForCausalLM.from_pretrained("remote_code", trust_remote_code=True)'}})


def packed_gptq():
    """Layers of 4 bits in the layout of GPTQ, with 8 of them in an int32."""
    from safetensors.torch import save_file

    torch.manual_seed(0)
    path = place("huggingface", "packed_gptq")
    path.mkdir(parents=True)
    config = {
        "architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 64, "vocab_size": 20,
        "torch_dtype": "float16", "quantization_config": {"quant_method": "gptq", "bits": 4, "group_size": 64},
    }
    (path / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    inside, outside = 64, 32
    save_file({
        "model.embed_tokens.weight": torch.zeros(20, 64, dtype=torch.float16),
        "model.layers.0.self_attn.q_proj.qweight": torch.zeros(inside // 8, outside, dtype=torch.int32),
        "model.layers.0.self_attn.q_proj.qzeros": torch.zeros(1, outside // 8, dtype=torch.int32),
        "model.layers.0.self_attn.q_proj.scales": torch.zeros(1, outside, dtype=torch.float16),
        "model.layers.0.self_attn.q_proj.g_idx": torch.zeros(inside, dtype=torch.int32),
        "model.norm.weight": torch.zeros(64, dtype=torch.float16),
    }, path / "model.safetensors", {"format": "pt"})
    stored = 20 * 64 + 8 * 32 + 4 + 32 + 64 + 64
    write_truth(
        path, written_by={"torch": torch.__version__}, how="by hand in the layout of gptqmodel",
        record={
            "verdict": "model", "format": {"id": "huggingface"},
            "facts": {
                "architecture": "LlamaForCausalLM",
                "parameters": {
                    "total": 20 * 64 + inside * outside + 64, "stored": stored, "bits": 4, "scheme": "GPTQ"},
            },
            "loading": {"verdict": "data-only"}})


def packed_later():
    """Weights of 8 and 4 bits as transformers 5 knows them, which counts what it makes of them."""
    from safetensors.torch import load_file, save_file

    def packed(name, model, how, change, settings):
        path = place("huggingface", name)
        model.save_pretrained(path)
        tensors = {}
        for key, value in load_file(path / "model.safetensors").items():
            tensors |= change(key, value)
        save_file(tensors, path / "model.safetensors", metadata={"format": "pt"})
        config = json.loads((path / "config.json").read_text()) | {"quantization_config": settings}
        (path / "config.json").write_text(json.dumps(config, indent=2) + "\n")
        trim(path, "generation_config.json")
        again = type(model).from_pretrained(path)
        assert again.num_parameters() == model.num_parameters()
        write_truth(
            path, written_by=BY_TRANSFORMERS, how=how,
            record={"verdict": "model", "format": {"id": "huggingface"}, "facts": {
                "architecture": type(again).__name__, "parameters": {"total": again.num_parameters()}}})

    def fp8(key, value):
        if "proj" not in key:
            return {key: value.bfloat16()}
        return {key: value.to(torch.float8_e4m3fn), key + "_scale_inv": torch.ones(1, 1)}

    torch.manual_seed(2)
    llama = transformers.LlamaConfig(
        vocab_size=8, hidden_size=8, num_hidden_layers=1, num_attention_heads=1, num_key_value_heads=1, intermediate_size=8)
    packed(
        "packed_fp8", transformers.LlamaForCausalLM(llama), "LlamaForCausalLM with weights of 8 bits, by hand as transformers reads them",
        fp8, {"quant_method": "fp8", "activation_scheme": "dynamic", "weight_block_size": [128, 128]})

    def mxfp4(key, value):
        if not key.endswith(("gate_up_proj", "down_proj")):
            return {key: value.bfloat16()}
        experts, rows, columns = value.shape
        blocks = torch.zeros(experts, columns, rows // 32, 16, dtype=torch.uint8)
        return {key + "_blocks": blocks, key + "_scales": torch.zeros(experts, columns, rows // 32, dtype=torch.uint8)}

    oss = transformers.GptOssConfig(
        vocab_size=8, hidden_size=32, intermediate_size=32, num_hidden_layers=1, num_attention_heads=1, num_key_value_heads=1,
        head_dim=8, num_local_experts=2, num_experts_per_tok=1)
    packed(
        "packed_mxfp4", transformers.GptOssForCausalLM(oss), "GptOssForCausalLM with experts of 4 bits, by hand as transformers reads them",
        mxfp4, {"quant_method": "mxfp4"})


def clip_processor():
    """What stands before the model, in the one file that transformers 5 writes of it."""
    torch.manual_seed(3)
    config = transformers.ViTConfig(
        hidden_size=4, num_hidden_layers=1, num_attention_heads=1, intermediate_size=4, image_size=8, patch_size=4, num_labels=2)
    model = transformers.ViTForImageClassification(config)
    path = place("huggingface", "processor_whole")
    model.save_pretrained(path)
    processor = transformers.CLIPImageProcessor(size={"shortest_edge": 8}, crop_size={"height": 8, "width": 8}, resample=2)
    (path / "processor_config.json").write_text(json.dumps(
        {"image_processor": json.loads(processor.to_json_string()), "processor_class": "CLIPProcessor"}, indent=2) + "\n")
    again = transformers.AutoImageProcessor.from_pretrained(path)
    whole = lambda value: int(value) if value == int(value) else value
    steps = [
        {"type": "z-score", "mean": whole(round(m * 255, 6)), "stddev": whole(round(s * 255, 6))}
        for m, s in zip(again.image_mean, again.image_std)
    ]
    write_truth(
        path, written_by=BY_TRANSFORMERS, how="ViTForImageClassification.save_pretrained with processor_config.json",
        record=record(
            model, inputs=[{"shape": [-1, 3, 8, 8], "value_scaling": steps, "resize_type": "interpolation-linear"}]))


def timm_resnet():
    """A model of timm as it is put on the hub."""
    try:
        import timm
        from timm.models._hub import save_for_hf
    except ImportError as error:
        return skip(error)
    torch.manual_seed(0)
    model = timm.create_model(
        "vit_tiny_patch16_224", pretrained=False, num_classes=4, embed_dim=12, depth=1, num_heads=2, img_size=32)
    path = place("huggingface", "timm_vit")
    arguments = {"img_size": 32, "embed_dim": 12, "depth": 1, "num_heads": 2}
    save_for_hf(model, path, model_config={"label_names": ["a", "b", "c", "d"]}, model_args=arguments, safe_serialization=True)
    trim(path, "README.md")
    config = json.loads((path / "config.json").read_text())
    cfg = config["pretrained_cfg"]
    # timm reads the folder as it stands, without a hub.
    again = timm.create_model(f"local-dir:{path}", pretrained=True).eval()
    picture = torch.zeros(1, *cfg["input_size"])
    assert torch.equal(again(picture), model.eval()(picture)) and again.num_classes == 4
    total = sum(parameter.numel() for parameter in again.parameters())
    write_truth(
        path, written_by={"timm": timm.__version__, "torch": torch.__version__}, how="timm.models.save_for_hf",
        record={
            "verdict": "model", "format": {"id": "huggingface"},
            "facts": {
                "framework": "Hugging Face", "architecture": config["architecture"],
                "parameters": {"total": total},
                "inputs": [{"name": "x", "shape": [-1, *cfg["input_size"]], "data_type": "float32"}],
                "outputs": [{"name": "logits", "shape": [-1, 4], "labels": ["a", "b", "c", "d"]}],
                "tasks": ["classification"],
            },
            "loading": {"verdict": "data-only"}})


def clip_folder():
    """open_clip's configuration beside weights of random numbers."""
    from safetensors.torch import save_file

    path = place("huggingface", "open_clip")
    path.mkdir(parents=True)
    config = {
        "model_cfg": {
            "embed_dim": 8, "vision_cfg": {"image_size": 32, "layers": 1, "width": 8, "patch_size": 16},
            "text_cfg": {"context_length": 16, "vocab_size": 32, "width": 8, "heads": 1, "layers": 1}},
        "preprocess_cfg": {
            "mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5], "interpolation": "bicubic", "resize_mode": "shortest"},
    }
    (path / "open_clip_config.json").write_text(json.dumps(config, indent=2) + "\n")
    save_file({"logit_scale": torch.zeros(()), "text_projection": torch.zeros(8, 8)}, path / "open_clip_model.safetensors")
    write_truth(
        path, written_by={"torch": torch.__version__}, how="by hand, as open_clip's push_to_hf_hub lays it out",
        record={
            "verdict": "model", "format": {"id": "huggingface"},
            "facts": {
                "architecture": "CLIP", "parameters": {"total": 65}, "tasks": ["similarity-search"],
                "inputs": [{"name": "image", "shape": [-1, 3, 32, 32]}, {"name": "text", "shape": [-1, 16]}],
            },
            "loading": {"verdict": "data-only"}})


def lora():
    """Two adapters of the same base, one that names it."""
    try:
        import peft
    except ImportError as error:
        return skip(error)
    for name, base, bias in (("lora_named", "openai-community/gpt2", "none"), ("lora_unnamed", None, "none")):
        model = tiny_gpt2()
        if base:
            model.config._name_or_path = base
            model.name_or_path = base
        settings = peft.LoraConfig(
            r=2, lora_alpha=4, target_modules=["c_attn"], bias=bias, fan_in_fan_out=True,
            task_type="CAUSAL_LM" if base else None)
        adapted = peft.get_peft_model(model, settings)
        path = place("peft-adapter", name)
        adapted.save_pretrained(path)
        total = sum(value.numel() for value in peft.get_peft_model_state_dict(adapted).values())
        config = json.loads((path / "adapter_config.json").read_text())
        assert (config["base_model_name_or_path"] or None) == base, config
        trim(path, "README.md")
        facts = {"framework": "Hugging Face", "parameters": {"total": total}, "hyperparameters": {"r": 2, "lora_alpha": 4}}
        if base:
            facts["pretrained_source"] = base
            facts["architecture"] = "LORA"
        else:
            facts["architecture"] = "GPT2LMHeadModel with LORA"
        write_truth(
            path, written_by={"peft": peft.__version__, **BY_TRANSFORMERS}, how="peft.PeftModel.save_pretrained",
            record={
                "verdict": "model", "format": {"id": "peft-adapter"}, "facts": facts,
                "loading": {"verdict": "data-only"}})


def diffusers_pipeline():
    """An unconditional pipeline: a UNet and a scheduler."""
    try:
        import diffusers
    except ImportError as error:
        return skip(error)
    torch.manual_seed(0)
    unet = diffusers.UNet2DModel(
        sample_size=8, in_channels=3, out_channels=3, layers_per_block=1, block_out_channels=(8, 8), norm_num_groups=4,
        down_block_types=("DownBlock2D", "DownBlock2D"), up_block_types=("UpBlock2D", "UpBlock2D"))
    pipeline = diffusers.DDPMPipeline(unet=unet, scheduler=diffusers.DDPMScheduler())
    path = place("diffusers", "ddpm")
    pipeline.save_pretrained(path)
    total = sum(parameter.numel() for parameter in unet.parameters())
    write_truth(
        path, written_by={"diffusers": diffusers.__version__, "torch": torch.__version__},
        how="DDPMPipeline.save_pretrained",
        record={
            "verdict": "model", "format": {"id": "diffusers"},
            "facts": {"architecture": "DDPMPipeline", "parameters": {"total": total}},
            "loading": {"verdict": "data-only"}})


def diffusers_component():
    """A UNet of a pipeline alone, as it is trained and saved by itself."""
    try:
        import diffusers
    except ImportError as error:
        return skip(error)
    torch.manual_seed(0)
    unet = diffusers.UNet2DModel(
        sample_size=8, in_channels=3, out_channels=3, layers_per_block=1, block_out_channels=(4, 4), norm_num_groups=2,
        attention_head_dim=2, down_block_types=("DownBlock2D", "DownBlock2D"), up_block_types=("UpBlock2D", "UpBlock2D"))
    path = place("huggingface", "diffusers_unet")
    unet.save_pretrained(path)
    again = diffusers.UNet2DModel.from_pretrained(path)
    total = sum(parameter.numel() for parameter in again.parameters())
    write_truth(
        path, written_by={"diffusers": diffusers.__version__, "torch": torch.__version__},
        how="UNet2DModel.save_pretrained, without its pipeline",
        record={
            "verdict": "model", "format": {"id": "huggingface"},
            "facts": {
                "framework": "Hugging Face", "architecture": "UNet2DModel", "parameters": {"total": total},
                "producer": {"name": "diffusers", "version": diffusers.__version__}},
            "loading": {
                "verdict": "data-only", "call": 'diffusers.UNet2DModel.from_pretrained("diffusers_unet")'}})


def one_label(name, how, tasks, output, **settings):
    torch.manual_seed(0)
    config = transformers.BertConfig(
        hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8, vocab_size=32,
        max_position_embeddings=16, **settings)
    model = transformers.BertForSequenceClassification(config).eval()
    path = place("huggingface", name)
    model.save_pretrained(path)
    again = transformers.BertForSequenceClassification.from_pretrained(path).eval()
    out = again(torch.zeros(2, 3, dtype=torch.int64), labels=torch.zeros(output["labels"]) if "labels" in output else None)
    # The loss of a regression is that of the difference: the library itself takes it for one.
    if "problem" in output:
        expected = torch.nn.functional.mse_loss(out.logits.squeeze(), torch.zeros(output["labels"]).squeeze())
        assert torch.isclose(out.loss, expected)
    write_truth(
        path, written_by=BY_TRANSFORMERS, how=how,
        record=record(
            model, tasks=tasks, outputs=[{"name": "logits", "shape": [-1, out.logits.shape[1]], "data_type": "float32"}],
        ) | {"loading": {"verdict": "data-only"}})


def bert_regression():
    """A score for a text: one label, whose name the library makes up."""
    one_label("bert_regression", "BertForSequenceClassification with one label", ["regression"],
              {"labels": (2,), "problem": True}, num_labels=1)


def bert_two_scores():
    """Two numbers for a text."""
    one_label("bert_two_scores", "BertForSequenceClassification with problem_type regression", ["regression"],
              {"labels": (2, 2), "problem": True}, num_labels=2, problem_type="regression")


def prompt_tuning_bin():
    """A prompt that was tuned, written by torch.save as older PEFT does."""
    try:
        import peft
    except ImportError as error:
        return skip(error)
    model = tiny_gpt2()
    model.config._name_or_path = model.name_or_path = "openai-community/gpt2"
    adapted = peft.get_peft_model(model, peft.PromptTuningConfig(task_type="CAUSAL_LM", num_virtual_tokens=4))
    path = place("peft-adapter", "prompt_bin")
    adapted.save_pretrained(path)
    trim(path, "README.md", "adapter_model.safetensors")
    state = peft.get_peft_model_state_dict(adapted)
    torch.save({name: value.clone() for name, value in state.items()}, path / "adapter_model.bin")
    again = peft.PeftModel.from_pretrained(tiny_gpt2(), path)
    assert again.peft_config["default"].num_virtual_tokens == 4
    write_truth(
        path, written_by={"peft": peft.__version__, **BY_TRANSFORMERS}, how="a PromptTuningConfig, saved as adapter_model.bin",
        record={
            "verdict": "model", "format": {"id": "peft-adapter"},
            "facts": {
                "architecture": "PROMPT_TUNING", "pretrained_source": "openai-community/gpt2",
                "parameters": {"total": sum(value.numel() for value in state.values()), "data_types": {"float32": 32}},
                "hyperparameters": {"num_virtual_tokens": 4}},
            "loading": {"verdict": "data-only"}})


def sentence_embeddings():
    """A BERT with mean pooling."""
    torch.manual_seed(0)
    config = transformers.BertConfig(
        hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8, vocab_size=32,
        max_position_embeddings=16)
    model = transformers.BertModel(config, add_pooling_layer=False)
    path = place("sentence-transformers", "bert_mean")
    model.save_pretrained(path)
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
    ]
    (path / "modules.json").write_text(json.dumps(modules, indent=2) + "\n")
    (path / "1_Pooling").mkdir()
    (path / "1_Pooling/config.json").write_text(
        json.dumps({"word_embedding_dimension": 8, "pooling_mode_mean_tokens": True}, indent=2) + "\n")
    (path / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": 16, "do_lower_case": False}) + "\n")
    (path / "config_sentence_transformers.json").write_text(
        json.dumps({"__version__": {
            "sentence_transformers": "5.1.0", "transformers": transformers.__version__,
            "pytorch": torch.__version__}}, indent=2) + "\n")
    write_truth(
        path, written_by=BY_TRANSFORMERS, how="BertModel.save_pretrained; modules by hand, as sentence-transformers lists them",
        record={
            "verdict": "model", "format": {"id": "sentence-transformers"},
            "facts": {
                "architecture": "BertModel", "parameters": {"total": numbers(model)},
                "outputs": [{"name": "sentence_embedding", "shape": [-1, 8], "data_type": "float32"}],
                "tasks": ["similarity-search"],
            },
            "loading": {"verdict": "data-only"}})


def detr():
    """A detector whose backbone has frozen normalisations: their weights and biases are buffers."""
    torch.manual_seed(0)
    backbone = transformers.ResNetConfig(
        embedding_size=4, hidden_sizes=[4, 6], depths=[1, 1], layer_type="basic", out_features=["stage2"])
    config = transformers.DetrConfig(
        use_timm_backbone=False, use_pretrained_backbone=False, backbone=None, backbone_config=backbone, d_model=8,
        encoder_layers=1, decoder_layers=1, encoder_attention_heads=2, decoder_attention_heads=2, encoder_ffn_dim=8,
        decoder_ffn_dim=8, num_queries=4, id2label={0: "ship", 1: "plane"}, label2id={"ship": 0, "plane": 1})
    model = transformers.DetrForObjectDetection(config).eval()
    path = place("huggingface", "detr")
    model.save_pretrained(path)
    again = transformers.DetrForObjectDetection.from_pretrained(path)
    buffers = sum(each.numel() for each in again.buffers())
    assert buffers and again.num_parameters() + buffers == sum(each.numel() for each in again.state_dict().values())
    truth = record(model, tasks=["object-detection"])
    truth["facts"]["parameters"] = {"total": again.num_parameters(), "buffers": buffers}
    write_truth(path, written_by=BY_TRANSFORMERS, how="DetrForObjectDetection with a frozen ResNet as backbone", record=truth)


def sounds():
    """A class whose name ends like those of texts, and which takes sounds."""
    torch.manual_seed(0)
    config = transformers.Wav2Vec2Config(
        hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8, conv_dim=(4, 4), conv_stride=(2, 2),
        conv_kernel=(3, 3), num_conv_pos_embeddings=4, num_conv_pos_embedding_groups=2, vocab_size=32,
        classifier_proj_size=4, id2label={0: "birds", 1: "rain"}, label2id={"birds": 0, "rain": 1})
    path = place("huggingface", "wav2vec2_classes")
    model = transformers.Wav2Vec2ForSequenceClassification(config)
    model.save_pretrained(path)
    again = transformers.Wav2Vec2ForSequenceClassification.from_pretrained(path)
    assert again.main_input_name == "input_values"
    write_truth(
        path, written_by=BY_TRANSFORMERS, how="Wav2Vec2ForSequenceClassification, which takes input_values",
        record=record(model, outputs=[{"labels": ["birds", "rain"]}]) | {"loading": {"verdict": "data-only"}})


FUNCTIONS = [
    detr, sounds,
    vit_classes, image_processors, clip_processor, packed_later, segformer_shards, gpt2_pickle_shards, remote_code, packed_gptq, timm_resnet, clip_folder, lora,
    diffusers_pipeline, sentence_embeddings, diffusers_component, bert_regression, bert_two_scores, prompt_tuning_bin,
]

if __name__ == "__main__":
    run_all(FUNCTIONS, start(__doc__.splitlines()[0]).names)
