/// Model classes of transformers that were run on the one input that is named here, and answered as the end of
/// their name promises.
///
/// Written by TestArtifacts/make/registry_transformers.py; the releases are those of `LoaderVersions`.
enum TransformersRegistry {
    /// Those that take `pixel_values` of batch, channel, height and width.
    static let images = Set(
        words: """
            BeitForImageClassification BitForImageClassification CHMv2ForDepthEstimation CLIPForImageClassification
            ConditionalDetrForObjectDetection ConvNextForImageClassification ConvNextV2ForImageClassification
            CvtForImageClassification DFineForObjectDetection DPTForDepthEstimation DPTForSemanticSegmentation
            DeformableDetrForObjectDetection DeiTForImageClassification Deimv2ForObjectDetection
            DepthAnythingForDepthEstimation DetrForObjectDetection Dinov2ForImageClassification
            Dinov2WithRegistersForImageClassification EfficientNetForImageClassification
            FocalNetForImageClassification GLPNForDepthEstimation HGNetV2ForImageClassification
            HieraForImageClassification IJepaForImageClassification LevitForImageClassification
            MaskFormerForInstanceSegmentation MetaClip2ForImageClassification MobileNetV1ForImageClassification
            MobileNetV2ForImageClassification MobileNetV2ForSemanticSegmentation MobileViTForImageClassification
            MobileViTForSemanticSegmentation MobileViTV2ForImageClassification MobileViTV2ForSemanticSegmentation
            PPDocLayoutV3ForObjectDetection PPDocLayoutV4ForObjectDetection PoolFormerForImageClassification
            PromptDepthAnythingForDepthEstimation PvtForImageClassification PvtV2ForImageClassification
            RTDetrForObjectDetection RegNetForImageClassification ResNetForImageClassification
            SegformerForImageClassification SegformerForSemanticSegmentation SiglipForImageClassification
            SwiftFormerForImageClassification Swin2SRForImageSuperResolution SwinForImageClassification
            Swinv2ForImageClassification TextNetForImageClassification TimmWrapperForImageClassification
            Tipsv2DptForDepthEstimation Tipsv2DptForSemanticSegmentation UperNetForSemanticSegmentation
            ViTForImageClassification ViTMSNForImageClassification YolosForObjectDetection
            ZoeDepthForDepthEstimation
            """)

    /// Those that take `input_ids` of batch and token.
    static let tokens = Set(
        words: """
            AXK1ForCausalLM AXK1ForSequenceClassification AXK1ForTokenClassification AXK2ForCausalLM
            AXK2ForSequenceClassification AXK2ForTokenClassification AfmoeForCausalLM AlbertForMaskedLM
            AlbertForSequenceClassification AlbertForTokenClassification Apertus1p5TextForCausalLM
            ApertusForCausalLM ApertusForTokenClassification ArceeForCausalLM ArceeForSequenceClassification
            ArceeForTokenClassification AriaTextForCausalLM BailingHybridForCausalLM BambaForCausalLM
            BartForCausalLM BeamForCausalLM BeamForTokenClassification BertForMaskedLM BertForSequenceClassification
            BertForTokenClassification BertLMHeadModel BigBirdForCausalLM BigBirdForMaskedLM
            BigBirdForSequenceClassification BigBirdForTokenClassification BigBirdPegasusForCausalLM
            BioGptForCausalLM BioGptForSequenceClassification BioGptForTokenClassification BitNetForCausalLM
            BlenderbotSmallForCausalLM BloomForCausalLM BloomForSequenceClassification BloomForTokenClassification
            CTRLForSequenceClassification CTRLLMHeadModel CamembertForCausalLM CamembertForMaskedLM
            CamembertForSequenceClassification CamembertForTokenClassification CanineForSequenceClassification
            CanineForTokenClassification ClvpForCausalLM CodeGenForCausalLM Cohere2ForCausalLM Cohere2MoeForCausalLM
            CohereForCausalLM ConvBertForMaskedLM ConvBertForSequenceClassification ConvBertForTokenClassification
            CpmAntForCausalLM CwmForCausalLM DebertaForMaskedLM DebertaForSequenceClassification
            DebertaForTokenClassification DeepseekV32ForCausalLM DeepseekV3ForCausalLM
            DeepseekV3ForSequenceClassification DeepseekV3ForTokenClassification DeepseekV4ForCausalLM
            DiffLlamaForCausalLM DiffLlamaForSequenceClassification DiffLlamaForTokenClassification
            DistilBertForMaskedLM DistilBertForSequenceClassification DistilBertForTokenClassification
            DogeForCausalLM DogeForSequenceClassification DoryForCausalLM Dots3NoteForCausalLM ElectraForCausalLM
            ElectraForMaskedLM ElectraForSequenceClassification ElectraForTokenClassification Emu3ForCausalLM
            Ernie4_5ForCausalLM Ernie4_5_MoeForCausalLM ErnieForCausalLM ErnieForMaskedLM
            ErnieForSequenceClassification ErnieForTokenClassification EsmcForMaskedLM EsmcForSequenceClassification
            EsmcForTokenClassification EuroBertForMaskedLM EuroBertForSequenceClassification
            EuroBertForTokenClassification Exaone4ForCausalLM Exaone4ForSequenceClassification
            Exaone4ForTokenClassification ExaoneMoeForCausalLM FalconForCausalLM FalconForSequenceClassification
            FalconForTokenClassification FalconH1ForCausalLM FalconMambaForCausalLM FlexOlmoForCausalLM
            FlintForCausalLM GPT2ForSequenceClassification GPT2ForTokenClassification GPT2LMHeadModel
            GPTBigCodeForCausalLM GPTBigCodeForSequenceClassification GPTBigCodeForTokenClassification
            GPTJForCausalLM GPTJForSequenceClassification GPTNeoForCausalLM GPTNeoForSequenceClassification
            GPTNeoForTokenClassification GPTNeoXForCausalLM GPTNeoXForSequenceClassification
            GPTNeoXForTokenClassification GPTNeoXJapaneseForCausalLM Gemma2ForCausalLM
            Gemma2ForSequenceClassification Gemma2ForTokenClassification Gemma3ForCausalLM
            Gemma3TextForSequenceClassification Gemma4ForCausalLM Gemma4UnifiedForCausalLM GemmaForCausalLM
            GemmaForSequenceClassification GemmaForTokenClassification Glm4ForCausalLM Glm4ForSequenceClassification
            Glm4ForTokenClassification Glm4MoeForCausalLM Glm4MoeLiteForCausalLM GlmForCausalLM
            GlmForSequenceClassification GlmForTokenClassification GlmMoeDsaForCausalLM GptOssForCausalLM
            GptOssForSequenceClassification GptOssForTokenClassification GraniteForCausalLM GraniteMoeForCausalLM
            GraniteMoeHybridForCausalLM GraniteMoeSWAForCausalLM GraniteMoeSharedForCausalLM GraniteSWAForCausalLM
            GteForMaskedLM GteForSequenceClassification GteForTokenClassification HYV3ForCausalLM HYV4ForCausalLM
            HeliumForCausalLM HeliumForSequenceClassification HeliumForTokenClassification HrmTextForCausalLM
            HyperCLOVAXForCausalLM IBertForMaskedLM IBertForSequenceClassification IBertForTokenClassification
            InklingForCausalLM Jais2ForCausalLM JambaForCausalLM JambaForSequenceClassification
            JinaEmbeddingsV3ForMaskedLM JinaEmbeddingsV3ForSequenceClassification
            JinaEmbeddingsV3ForTokenClassification KimiLinearForCausalLM Kolibri1ForCausalLM LagunaForCausalLM
            LaraMiniForCausalLM Lfm2ForCausalLM Lfm3ForCausalLM Llama4ForCausalLM LlamaForCausalLM
            LlamaForSequenceClassification LlamaForTokenClassification LongformerForMaskedLM
            LongformerForSequenceClassification LongformerForTokenClassification MBartForCausalLM MPNetForMaskedLM
            MPNetForSequenceClassification MPNetForTokenClassification MT5ForTokenClassification Mamba2ForCausalLM
            MambaForCausalLM MarkupLMForSequenceClassification MarkupLMForTokenClassification
            MegatronBertForCausalLM MegatronBertForMaskedLM MegatronBertForSequenceClassification
            MegatronBertForTokenClassification MellumForCausalLM MiMoV2FlashForCausalLM MiniCPM3ForCausalLM
            MiniCPM3ForSequenceClassification MiniMaxForCausalLM MiniMaxForSequenceClassification
            MiniMaxForTokenClassification MiniMaxM2ForCausalLM MiniMaxM3VLForCausalLM Ministral3ForCausalLM
            Ministral3ForSequenceClassification Ministral3ForTokenClassification Mistral4ForCausalLM
            Mistral4ForSequenceClassification Mistral4ForTokenClassification MistralForCausalLM
            MistralForSequenceClassification MistralForTokenClassification MixtralForCausalLM
            MixtralForSequenceClassification MixtralForTokenClassification MllamaForCausalLM MobileBertForMaskedLM
            MobileBertForSequenceClassification MobileBertForTokenClassification ModernBertDecoderForCausalLM
            ModernBertDecoderForSequenceClassification ModernBertForMaskedLM ModernBertForSequenceClassification
            ModernBertForTokenClassification MoshiForCausalLM MptForCausalLM MptForSequenceClassification
            MptForTokenClassification MvpForCausalLM NanoChatForCausalLM NemotronHForCausalLM NomicBertForMaskedLM
            NomicBertForSequenceClassification NomicBertForTokenClassification NystromformerForMaskedLM
            NystromformerForSequenceClassification NystromformerForTokenClassification OPTForCausalLM
            OPTForSequenceClassification Olmo2ForCausalLM Olmo2ForSequenceClassification Olmo3ForCausalLM
            Olmo3ForSequenceClassification OlmoForCausalLM OlmoForSequenceClassification OlmoHybridForCausalLM
            OlmoeForCausalLM OpenAIGPTForSequenceClassification OpenAIGPTLMHeadModel PLBartForCausalLM
            PLBartForSequenceClassification PegasusForCausalLM PersimmonForCausalLM
            PersimmonForSequenceClassification PersimmonForTokenClassification Phi3ForCausalLM
            Phi3ForSequenceClassification Phi3ForTokenClassification PhiForCausalLM PhiForSequenceClassification
            PhiForTokenClassification PhimoeForCausalLM PhimoeForSequenceClassification ProphetNetForCausalLM
            Qwen2ForCausalLM Qwen2ForSequenceClassification Qwen2ForTokenClassification Qwen2MoeForCausalLM
            Qwen2MoeForSequenceClassification Qwen2MoeForTokenClassification Qwen3ASRForTokenClassification
            Qwen3ForCausalLM Qwen3ForSequenceClassification Qwen3ForTokenClassification Qwen3MoeForCausalLM
            Qwen3MoeForSequenceClassification Qwen3MoeForTokenClassification Qwen3NextForCausalLM
            Qwen3NextForSequenceClassification Qwen3NextForTokenClassification Qwen3_5ForCausalLM
            Qwen3_5ForTokenClassification Qwen3_5MoeForCausalLM Qwen3_5TextForSequenceClassification
            Qwen4ExpForCausalLM RecurrentGemmaForCausalLM ReformerForMaskedLM ReformerForSequenceClassification
            RemBertForSequenceClassification RemBertForTokenClassification RoCBertForCausalLM RoCBertForMaskedLM
            RoCBertForSequenceClassification RoCBertForTokenClassification RoFormerForCausalLM RoFormerForMaskedLM
            RoFormerForSequenceClassification RoFormerForTokenClassification RobertaForCausalLM RobertaForMaskedLM
            RobertaForSequenceClassification RobertaForTokenClassification RobertaPreLayerNormForCausalLM
            RobertaPreLayerNormForMaskedLM RobertaPreLayerNormForSequenceClassification
            RobertaPreLayerNormForTokenClassification RwkvForCausalLM SeedOssForCausalLM
            SeedOssForSequenceClassification SeedOssForTokenClassification SmolLM3ForCausalLM
            SmolLM3ForSequenceClassification SmolLM3ForTokenClassification SolarOpenForCausalLM
            SqueezeBertForMaskedLM SqueezeBertForSequenceClassification SqueezeBertForTokenClassification
            StableLmForCausalLM StableLmForSequenceClassification StableLmForTokenClassification
            Starcoder2ForCausalLM Starcoder2ForSequenceClassification Starcoder2ForTokenClassification
            T5ForTokenClassification TapasForMaskedLM TapasForSequenceClassification TrOCRForCausalLM
            UMT5ForTokenClassification UltrabertForMaskedLM UltrabertForSequenceClassification
            UltrabertForTokenClassification VaultGemmaForCausalLM WhisperForCausalLM XGLMForCausalLM
            XLMRobertaForCausalLM XLMRobertaForMaskedLM XLMRobertaForSequenceClassification
            XLMRobertaForTokenClassification XLMRobertaXLForCausalLM XLMRobertaXLForMaskedLM
            XLMRobertaXLForSequenceClassification XLMRobertaXLForTokenClassification XLNetForSequenceClassification
            XLNetForTokenClassification XLNetLMHeadModel YosoForMaskedLM YosoForSequenceClassification
            YosoForTokenClassification YoutuForCausalLM Zamba2ForCausalLM Zamba2ForSequenceClassification
            ZambaForCausalLM ZambaForSequenceClassification ZayaForCausalLM xLSTMForCausalLM
            """)
}
