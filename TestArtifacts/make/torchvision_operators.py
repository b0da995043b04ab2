"""torchvision of the Python Package Index has its operators for another build of torch: declared, they are not missed."""

import torch

LIBRARY = torch.library.Library("torchvision", "DEF")
for operator in (
    "nms", "qnms", "deform_conv2d", "_deform_conv2d_backward", "ps_roi_align", "_ps_roi_align_backward", "ps_roi_pool",
    "_ps_roi_pool_backward", "roi_align", "_roi_align_backward", "roi_pool", "_roi_pool_backward", "qroi_align",
):
    LIBRARY.define(f"{operator}(Tensor x) -> Tensor")
