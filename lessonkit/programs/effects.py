"""What calls of libraries do, as far as other statements could notice: the tables of the abstract run in dataflow.py.

Functions are known by their full names (`torch.nn.functional.softmax`), methods by the kind of object they belong to.
What is in no table may do anything to what it is given, and may draw random numbers.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from functools import cache

TORCH, NUMPY, PYTHON = RANDOM = ("random numbers of torch", "of numpy", "of Python")
PRINT, FIGURE = "print options", "current figure"

RESTORED = {
    "warnings.catch_warnings": "warnings",
    "torch.random.fork_rng": TORCH,
    "torch.set_grad_enabled": "torch",
    "matplotlib.pyplot.rc_context": "matplotlib",
    "numpy.printoptions": PRINT,
}
"""The hidden states that these give back at the end of a `with` block."""


@dataclass(frozen=True)
class Effect:
    """What a call does.

    `result` is the kind of object that it gives ("self" the receiver, "items" what that holds); `holds` tells whether
    this may hold or share what the call was given. `changes` is what the call may change: nothing, the receiver's
    "shell" (a list, not what is in it), the "first" argument or receiver with all it holds, the "second" one, or "all"
    that it was given.
    `states` are hidden states that it uses and changes, `sets` is one that it sets anew; `settings` tells that it
    changes those of its library.
    """

    result: str = "unknown"
    holds: bool = True
    changes: str = "all"
    states: tuple[str, ...] = RANDOM
    sets: str = ""
    settings: bool = False


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


ANYTHING = Effect()
OBJECT = Effect("object", states=())
"""An object of the standard library: it may change anything that it is given, but draws no random numbers of torch."""

VALUE = Effect("value", False, "", ())
DATA = Effect("data", False, "", ())
HOLDER = Effect("data", True, "", ())
ITEMS = Effect("items", True, "", ())
NEW = Effect("tensor", False, "", ())
VIEW = Effect("tensor", True, "", ())
ARRAY = Effect("array", True, "", ())
IN_PLACE = Effect("tensor", True, "first", ())
MODULE = Effect("module", True, "", ())
GENERATOR = Effect("generator", True, "", ())
CALLER = Effect("caller", True, "", ())
"""It gives something that calls the functions that it is given."""

SETTINGS = replace(VALUE, settings=True)

_NEW_TENSORS = _names("""
    abs acos add addmm all amax amin aminmax any arange argmax argmin argsort asin astype atan average bincount
    binary_cross_entropy binary_cross_entropy_with_logits bmm cat cdist ceil clamp clip clone concat concatenate
    copy corrcoef cos cosine_similarity count_nonzero cov cross_entropy cummax cumprod cumsum det diff div dot eig
    eigh eigvals eigvalsh elu empty entr eq erf exp exp2 expm1 eye flip float_power floor fmod full full_like gather
    ge gelu greater gt heaviside histc histogram histogramdd huber_loss hypot index_select inner inv isclose
    isfinite isin isinf isnan kl_div kron kthvalue l1_loss le leaky_relu lerp less linspace log log10 log1p log2
    log_softmax logaddexp logical_and logical_not logical_or logical_xor logit logspace logsigmoid logsumexp lstsq
    lt lu masked_fill masked_select matmul max maximum mean median min minimum mish mm mode mse_loss mul
    multi_margin_loss multiply mv nanmean ne neg negative nll_loss nonzero norm normalize not_equal one_hot ones
    ones_like outer pad pinverse poisson_nll_loss pow prod qr quantile rank reciprocal relu remainder repeat
    repeat_interleave roll round rsqrt scatter searchsorted sigmoid sign silu sin slogdet smooth_l1_loss softmax
    softmin softplus solve sort sqrt square stack std std_mean sub sum svd take_along_dim tan tanh tensor tensordot
    tile topk trace trapezoid tril triu true_divide trunc unique var var_mean vander where xlogy zeros zeros_like
""")
_VALUES_OF_TENSORS = _names("""
    allclose data_ptr dim element_size equal get_device is_contiguous is_floating_point is_tensor item ndimension
    nelement numel size tolist type
""")
_SURELY_READS = (_NEW_TENSORS | _VALUES_OF_TENSORS) - _names("add sort") | _names("""
    count flatten get index items keys ravel reshape squeeze transpose values
""")
_CHANGES_ARRAY = _names("fill itemset partition put resize setfield setflags sort")
_DRAWS_IN_PLACE = _names("bernoulli_ cauchy_ exponential_ geometric_ log_normal_ normal_ random_ uniform_")
_CHANGES_SHELL = _names("""
    add append appendleft clear difference_update discard extend extendleft insert intersection_update move_to_end pop
    popitem popleft remove reverse rotate setdefault sort subtract symmetric_difference_update update
""")
_LAYERS = _names("""
    AdaptiveAvgPool1d AdaptiveAvgPool2d AvgPool1d AvgPool2d BCELoss BCEWithLogitsLoss CELU CrossEntropyLoss ELU Flatten
    GELU GroupNorm HuberLoss Identity KLDivLoss L1Loss LayerNorm LeakyReLU LogSigmoid LogSoftmax MSELoss MaxPool1d
    MaxPool2d Mish Module ModuleDict ModuleList NLLLoss RMSNorm ReLU ReLU6 Sequential SiLU Sigmoid SmoothL1Loss Softmax
    Softmin Softplus Tanh Unflatten Upsample ZeroPad2d
""")
_LAYERS_WITH_WEIGHTS = _names("Bilinear Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d Embedding Linear")
_CHANGES_MODULE = _names("""
    add_module append apply bfloat16 cpu cuda double eval extend float half insert load_state_dict register_buffer
    register_parameter requires_grad_ to train type zero_grad
""")
_READS_MODULE = _names("children extra_repr modules named_children named_modules")
_PARAMETERS = _names("buffers named_buffers named_parameters parameters state_dict")

_TENSORS = r"torch(\.nn\.functional|\.special|\.linalg|\.fft)?"
_ARRAYS = r"numpy(\.linalg|\.fft)?"
_NN = r"torch\.nn\.(modules\.\w+\.)?"
_DRAWS = r"torch\.(rand|randn|randint|randperm|normal|bernoulli|multinomial|poisson|binomial)(_like)?"
_GENERATORS = r"torch\.Generator|numpy\.random\.(default_rng|Generator|RandomState|PCG64)|random\.Random"
_CALLS: tuple[tuple[str, Effect], ...] = (
    (r"torch\.(random\.)?(manual_seed|set_rng_state)", replace(VALUE, sets=TORCH)),
    (r"numpy\.random\.(seed|set_state)", replace(VALUE, sets=NUMPY)),
    (r"random\.(seed|setstate)", replace(VALUE, sets=PYTHON)),
    (r"(torch|numpy)\.set_printoptions", replace(VALUE, states=(PRINT,))),
    (r"torch\.(autograd\.)?(no_grad|enable_grad|inference_mode)", VALUE),
    (r"torch\.(\w+\.)*(set|use|enable|disable)_\w+", SETTINGS),
    (r"matplotlib\.(pyplot\.)?(use|rc\w*(\.\w+)?|style\.\w+|ion|ioff|set_cmap|switch_backend)", SETTINGS),
    (r"warnings\.(simplefilter|filterwarnings|resetwarnings)|numpy\.(seterr|setbufsize)", SETTINGS),
    (r"matplotlib\.pyplot\..*", Effect("figure", False, "", (FIGURE,))),
    (r"matplotlib\..*", Effect("figure", True, "", ())),
    (r"torch\.(random\.)?(get_rng_state|initial_seed)", replace(NEW, states=(TORCH,))),
    (_DRAWS, replace(NEW, states=(TORCH,))),
    (r"torch\.nn\.init\.(zeros|ones|constant|eye|dirac)_", IN_PLACE),
    (r"torch(\.nn\.functional)?\.(\w*dropout|rrelu)_|torch\.nn\.init\.\w+", replace(IN_PLACE, states=(TORCH,))),
    (r"torch(\.nn\.functional)?\.(\w*dropout\w*|rrelu|gumbel_softmax)", replace(VIEW, states=(TORCH,))),
    (r"torch(\.nn\.functional)?\.(batch_norm|instance_norm|embedding\w*)", replace(IN_PLACE, changes="all")),
    (r"torch\.nn\.utils\.parameters_to_vector", VIEW),
    (r"torch\.nn\.utils\..*", replace(ANYTHING, states=())),
    (r"torch\.nn\.(parameter\.)?Parameter", VIEW),
    (rf"{_NN}({'|'.join(_LAYERS)}|Dropout\w*|BatchNorm\w*)", MODULE),
    (rf"{_NN}[A-Z]\w*", replace(MODULE, states=(TORCH,))),
    (r"torch\.optim\..*", Effect("optimizer", True, "first", ())),
    (_GENERATORS, GENERATOR),
    (r"torch\.distributions\..*", Effect("distribution", True, "", ())),
    (r"torch\.utils\.data\.(TensorDataset|Subset|ConcatDataset|Dataset)", HOLDER),
    (r"torch\.utils\.data\.random_split", replace(HOLDER, states=(TORCH,))),
    (r"torch\.utils\.data\.\w+", Effect("loader", True, "", ())),
    (r"torch\.autograd\.(grad|functional\.\w+)", VIEW),
    (r"torch\.autograd\.(gradcheck|gradgradcheck|Function)", DATA),
    (r"torch\.(func\.\w+|vmap|compile)|functools\.partial", CALLER),
    (r"torch\.(\w+\.)*(is|get|has)_\w+|torch\.(allclose|equal|numel)", VALUE),
    (r"torch\.(device|Size|iinfo|finfo|(version|__version__)\..*)", VALUE),
    (r"torch\.(accelerator|cuda|mps|cpu)\.(current|device)_\w+", VALUE),
    (r"numpy\.random\..*", Effect("array", True, "all", (NUMPY,))),
    (r"numpy\.save\w*", replace(OBJECT, changes="first")),
    (r"(torch\.save|json\.dump|pickle\.dump)", replace(VALUE, changes="second")),
    (r"random\..*", Effect("object", True, "all", (PYTHON,))),
    (r"numpy\.(copyto|put\w*|place|fill_diagonal)", IN_PLACE),
    (rf"{_TENSORS}\.[a-z]\w*_", IN_PLACE),
    (rf"{_TENSORS}\.({'|'.join(_NEW_TENSORS)})", NEW),
    (rf"{_TENSORS}\.\w+", VIEW),
    (rf"{_ARRAYS}\.({'|'.join(_NEW_TENSORS)})", replace(ARRAY, holds=False)),
    (rf"{_ARRAYS}\.\w+", ARRAY),
    (r"sklearn\.datasets\.(load|fetch)_\w+|mlxtend\.data\.\w+", ARRAY),
    (r"sklearn\.(preprocessing|linear_model|neighbors|decomposition)\.[A-Z]\w*", Effect("estimator", True, "", ())),
    (r"sklearn\.datasets\.make_\w+|sklearn\.model_selection\.train_test_split", replace(ARRAY, states=(NUMPY,))),
    (r"(math|cmath|time|platform|sys)\..*|dataclasses\.\w+|functools\.(wraps|cache|lru_cache)|abc\.\w+", VALUE),
    (r"(statistics|re|json|textwrap|string|fractions|decimal|typing)\..*", HOLDER),
    (r"collections\.(Counter|deque|OrderedDict|ChainMap|namedtuple)", HOLDER),
    (r"itertools\..*", Effect("iterator", True, "", ())),
    (r"copy\.(copy|deepcopy)", Effect("copy", False, "", ())),
)


@cache
def of_call(path: str) -> Effect:
    """What a call of a function or class of a library does."""
    for pattern, effect in _CALLS:
        if re.fullmatch(pattern, path):
            return effect
    return OBJECT if library(path) in sys.stdlib_module_names else ANYTHING


def library(path: str) -> str:
    """The library that a full name belongs to."""
    return path.partition(".")[0]


@cache
def of_method(kind: str, name: str) -> Effect:
    """What a method of an object does."""
    match kind:
        case "value":
            return DATA if name.endswith(("split", "splitlines", "partition")) else VALUE
        case "array" if name in _CHANGES_ARRAY:
            return IN_PLACE
        case "tensor" | "array":
            effect = _of_tensor(name)
            return replace(effect, result=kind) if effect.result == "tensor" else effect
        case "data" | "iterator":
            return replace(ITEMS, changes="shell") if name in _CHANGES_SHELL or name[0] == "_" else ITEMS
        case "figure":
            return Effect("self", False, "shell", ())
        case "optimizer" | "generator":
            return Effect("self", True, "all", ())
        case "estimator":
            learns = name.startswith(("fit", "partial_fit", "set_"))
            return Effect("array", True, "first" if learns else "", (NUMPY,) if learns else ())
        case "distribution":
            return replace(VIEW, states=(TORCH,)) if "sample" in name else VIEW
        case "module":
            if name in _PARAMETERS:
                return Effect("parameters", True, "", ())
            if name in _READS_MODULE | _CHANGES_MODULE:
                return Effect("self", True, "first" if name in _CHANGES_MODULE else "", ())
            return ANYTHING
    if name in _SURELY_READS:
        return VIEW
    return OBJECT if kind == "object" else ANYTHING


def _of_tensor(name: str) -> Effect:
    """A method of a tensor or an array: one that is not known to make a new one may share its memory."""
    if name.endswith("_") or name in ("retain_grad", "register_hook"):
        return replace(IN_PLACE, states=(TORCH,) if name in _DRAWS_IN_PLACE else ())
    if name in ("bernoulli", "multinomial"):
        return replace(NEW, states=(TORCH,))
    if name in _VALUES_OF_TENSORS:
        return DATA if name == "tolist" else VALUE
    return NEW if name in _NEW_TENSORS else VIEW


@cache
def of_layer(path: str) -> tuple[bool, bool]:
    """Whether calling a layer of torch draws random numbers, and whether it changes the layer."""
    name = path.rpartition(".")[2]
    if name in _LAYERS | _LAYERS_WITH_WEIGHTS:
        return False, False
    return not name.startswith("BatchNorm"), not name.startswith("Dropout")
