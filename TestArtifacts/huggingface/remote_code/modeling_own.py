from transformers import GPT2LMHeadModel


class OwnForCausalLM(GPT2LMHeadModel):
    pass
