import type { Phrases } from './phrases.ts';

export const portuguese: Phrases = {
  locale: 'pt-BR',
  cities: ['Frankfurt', 'Jacarta', 'Bucareste', 'Joanesburgo', 'Montreal', 'Dubai'],
  greetings: ['Olá,', 'Bom dia,', 'Boa tarde,', 'Olá, equipe,', 'Prezados,'],
  closings: [
    'Obrigado,\n{name}',
    'Atenciosamente,\n{name}',
    'Fico no aguardo.\n\n{name}',
    'Abraços,\n{first}',
    'Desde já agradeço.\n{name}',
  ],
  sentFrom: 'Enviado do meu iPhone',
  ourGreetings: ['Olá, {polite},', 'Bom dia, {polite},', 'Olá, {polite}! Obrigado pelo contato.'],
  ourClosings: ['Atenciosamente,\n{agent}\nSuporte Aurelia', 'Ficamos à disposição.\n\n{agent}\nSuporte Aurelia'],
  waits: [
    'Encaminhei tudo o que você enviou para a equipe de pagamentos. Espero uma resposta em até um dia útil e escrevo de qualquer forma.',
    'Ainda estamos analisando. Por enquanto você não precisa fazer nada; aviso assim que tiver novidades.',
    'Nossos técnicos conseguiram reproduzir o erro. Aviso por aqui quando a correção sair.',
  ],
  chasers: [
    'Alguma novidade?',
    'Oi, conseguiram ver o meu caso?',
    'Já faz bastante tempo. Alguém pode me responder, por favor?',
    'Continuo aguardando um retorno.',
  ],
  angry: [
    'É a terceira vez que escrevo e só recebo resposta automática. Será que alguém pode ler a minha mensagem?',
    'Dois dias com o dinheiro preso e ninguém responde! Se não houver retorno hoje, vou registrar uma reclamação.',
  ],
  thanks: [
    'Deu certo, muito obrigado!',
    'Resolvido, obrigado pela paciência.',
    'Perfeito, já caiu na conta. Podem encerrar o chamado.',
    'Show, funcionou! 🙏',
  ],
  oneMore: [
    'Obrigado! Só mais uma dúvida: posso trocar o e-mail da conta sem perder o histórico?',
    'Entendi. E tem como receber um aviso quando um saque for enviado?',
  ],
  topics: {
    withdrawal: {
      subjects: ['Saque pendente desde {date}', 'Saque {order} não foi enviado', 'Cadê o meu saque?'],
      openings: [
        'Pedi um saque de {amount} em {date}, por volta das {time}, e desde então ele aparece como "pendente". Os anteriores nunca levaram mais de meia hora.\n\nO código é {order}. Vocês podem verificar se ficou travado?',
        'Meu saque {order} está "em processamento" há mais de um dia. Já confirmei o e-mail e o código de verificação. Não aparece o ID da transação, então acho que nem saiu daí.',
        'Estou tentando enviar {amount} para a minha própria carteira ({address}). O status voltou duas vezes de "aprovado" para "pendente". Preciso do valor até sexta-feira.',
      ],
      asks: [
        'Vi que {order} aguarda uma verificação manual porque o endereço é novo. Para liberar, confirme que a carteira é sua e qual aplicativo você usa.',
        'Você pode me enviar uma captura da tela de detalhes do saque, com o código e o endereço de destino?',
      ],
      details: [
        'Sim, é a minha própria carteira física, configurei no mês passado. O endereço é {address}.',
        'Seguem os dados: código {order}, {amount}, rede {network}, pedido em {date} às {time}. Não mudei nada desde então.',
      ],
      answers: [
        'Boa notícia: a verificação terminou e {order} já foi enviado. O ID da transação é\n\n{tx}\n\nDepois de algumas confirmações o valor aparece na carteira.',
        'O saque ficou retido por uma regra automática para endereços novos. Já liberei e incluí o endereço na sua lista de confiança.',
      ],
    },
    'wrong-network': {
      subjects: ['Enviei {asset} pela rede errada', 'Depósito via {wrongNetwork} não creditado'],
      openings: [
        'Cometi um erro: enviei {amount} para o meu endereço de depósito pela rede {wrongNetwork} em vez de {network}. O explorador mostra como confirmado, mas o saldo não mudou.\n\nTransação: {tx}\n\nExiste alguma forma de recuperar?',
        'Um depósito de {amount} não apareceu. Só depois percebi que a carteira estava com {wrongNetwork} selecionada. O endereço é o mesmo, espero que não tenha se perdido. TxID: {tx}',
      ],
      asks: [
        'Normalmente é possível recuperar, porque o endereço é nosso nas duas redes. Envie o ID completo da transação e uma captura da carteira de origem mostrando o endereço e o valor.',
      ],
      details: [
        'Aqui está: {tx}\nEnviado de {address}, {amount}, em {date}.',
        'Segue a captura. Enviei da minha própria carteira, não de outra corretora.',
      ],
      answers: [
        'Podemos recuperar. O custo é de {fee} e leva de cinco a dez dias úteis, porque as chaves ficam offline. Se concordar, responda "Concordo".',
        'A recuperação terminou e {amount} já está no seu saldo. Da próxima vez, compare a rede dos dois lados antes de enviar.',
      ],
    },
    'two-factor': {
      subjects: ['Troquei de celular e perdi o 2FA', 'Celular roubado: remover o 2FA'],
      openings: [
        'Comprei um {device} e apaguei o celular antigo sem transferir o aplicativo autenticador. Agora não consigo entrar nem sacar.\n\nAinda tenho acesso a este e-mail e ao meu número. Como faço para redefinir?',
        'Meu celular foi roubado em {date}. A linha já está bloqueada. Preciso que removam o autenticador antigo antes que alguém faça alguma coisa.',
      ],
      asks: [
        'Posso ajudar. Por segurança, precisamos de um vídeo curto em que você diga a data de hoje e "redefinir meu 2FA da Aurelia". Envie em Ajuda > Recuperar conta; por favor, não mande por e-mail.',
      ],
      details: [
        'Acabei de enviar o vídeo. Abri a conta há uns dois anos e o último saque foi de mais ou menos {amount}.',
        'Pronto. Gravei com o {device} novo, a imagem deve estar boa.',
      ],
      answers: [
        'Sua verificação em duas etapas foi redefinida. No próximo acesso você vai configurá-la de novo. Os saques ficam suspensos por 24 horas, para a sua segurança.',
      ],
    },
    kyc: {
      subjects: ['Verificação recusada sem motivo', 'Comprovante de residência recusado'],
      openings: [
        'Minha verificação foi recusada pela segunda vez. Diz apenas "documento não aceito". É um passaporte válido, com os quatro cantos visíveis e sem reflexo. Qual é o problema?',
        'Enviei um extrato bancário do mês passado como comprovante de residência, com meu nome completo. Recusado em dez minutos. Duvido que uma pessoa tenha olhado.',
      ],
      asks: [
        'O documento foi recusado porque o endereço é diferente do seu cadastro (falta o número do apartamento). Você pode corrigir o cadastro ou enviar um documento com o mesmo endereço?',
      ],
      details: ['Já corrigi o endereço no cadastro e enviei uma conta de luz de {date}.'],
      answers: ['Obrigado, agora está tudo certo e sua conta foi verificada. O novo limite diário já está valendo.'],
    },
    api: {
      subjects: ['Erro 429 em /v3/orders', 'Limites da API'],
      openings: [
        'Desde {date}, por volta das {time} UTC, recebemos 429 em /v3/orders com cerca de 8 requisições por segundo, embora a documentação fale em 20 por chave. O Retry-After vem sempre 0.\n\nUma das requisições: req-{code}. O limite mudou?',
      ],
      asks: ['Você pode enviar dois ou três IDs de requisição com o valor de X-RateLimit-Scope dessas respostas?'],
      details: [
        'Claro:\n\nreq-{code}  X-RateLimit-Scope: subaccount\nreq-{code2}  X-RateLimit-Scope: subaccount\n\nUsamos uma chave por subconta, quatro no total.',
      ],
      answers: [
        'Isso explica: desde a versão 3.8 as subcontas dividem 10 requisições por segundo e a documentação não dizia. Já foi corrigida e aumentamos o seu limite para 40 por enquanto.',
      ],
    },
    fees: {
      subjects: ['Dúvida sobre a taxa de saque', 'Nível de taxas errado'],
      openings: [
        'Fui cobrado em {fee} por um saque que na página de taxas aparece como gratuito. A página está desatualizada ou deixei passar alguma condição?',
        'Pelo meu volume eu deveria estar no nível 3, mas as operações de {date} foram cobradas como nível 1. A diferença é pequena, só quero entender.',
      ],
      asks: ['Você pode me passar o código do saque ou o horário da operação para eu ver como a taxa foi calculada?'],
      details: ['É o {order}, em {date}, por volta das {time}.'],
      answers: [
        'O que você viu é a taxa da rede, que vai para os validadores e não para nós. Concordo que confunde e já repassei. Como cortesia, devolvemos {fee}.',
      ],
    },
    card: {
      subjects: ['Cartão Aurelia recusado', 'Pagamento recusado, valor bloqueado'],
      openings: [
        'Meu cartão foi recusado hoje no supermercado, com saldo de sobra. Passei vergonha. No aplicativo nem aparece a tentativa.',
        'Paguei um hotel em {city}: recusado duas vezes, e agora o valor está bloqueado duas vezes também. Estou viajando e preciso do dinheiro.',
      ],
      asks: ['Pode me dizer o horário exato, o nome da loja e os quatro últimos dígitos? Não envie o número completo, por favor.'],
      details: ['Final {last4}. A primeira tentativa foi em {date} às {time}, a segunda uns dois minutos depois.'],
      answers: [
        'O terminal enviou um código de loja antigo que as nossas regras recusam. Liberei o seu cartão por sete dias. Bloqueios sem pagamento somem em até três dias.',
      ],
    },
    login: {
      subjects: ['Acesso de {city}: não fui eu', 'Acho que invadiram a minha conta'],
      openings: [
        'Recebi um aviso de acesso de {city} (203.0.113.{octet}). Não fui eu, estou em casa. Troquei a senha, mas não sei se ainda estão conectados. Bloqueiem a conta, por favor!',
        'Na lista de dispositivos tem um que não é meu: "Linux, Chrome", ativo às {time}. Por enquanto não vejo saques. O que eu faço?',
      ],
      asks: [
        'Já suspendi os saques e encerrei todas as sessões. Por favor, diga qual foi o seu último acesso, para sabermos onde procurar.',
      ],
      details: ['Meu último acesso foi em {date}, por volta das {time}, no meu {device}. Depois disso não fui eu.'],
      answers: [
        'Analisamos o registro: o invasor parou na verificação em duas etapas e não entrou. Seus fundos não foram tocados. Recomendo uma chave de acesso, que não funciona em páginas falsas.',
      ],
    },
    impersonator: {
      subjects: ['Suposto suporte pediu minha frase de recuperação', 'Digitei minha frase de recuperação'],
      openings: [
        'Logo depois que perguntei no grupo, {handle} me chamou dizendo que é da Aurelia e pediu as 12 palavras para "sincronizar" a carteira. É golpe, não é?',
        'Acho que caí num golpe. Uma pessoa com o logotipo de vocês me fez digitar a frase de recuperação numa página. O que ainda posso fazer?',
      ],
      asks: [
        'Obrigado por avisar. Não é da nossa equipe: nunca pedimos a frase de recuperação. Você digitou ou assinou alguma coisa? Se sim, transfira os fundos para uma carteira nova agora mesmo.',
      ],
      details: [
        'Não digitei nada, só conversei alguns minutos. Seguem as capturas.',
        'Digitei sim, faz uma hora. Estou movendo tudo para uma carteira nova, ainda restam {amount}.',
      ],
      answers: [
        'A conta {handle} foi denunciada e removida. Você fez certo em desconfiar: ninguém da Aurelia chama primeiro nem precisa da sua frase de recuperação.',
      ],
    },
    tax: {
      subjects: ['Informe de rendimentos {year}', 'Saldo em 31 de dezembro de {year}'],
      openings: [
        'O informe de {year} termina em setembro. Meu contador precisa do ano inteiro, de preferência em CSV com o valor em reais.',
        'Onde baixo o saldo em 31 de dezembro de {year}? Preciso para a declaração.',
      ],
      asks: ['Para qual país é o informe, e qual método, custo médio ou FIFO? Vamos gerar de novo.'],
      details: ['Custo médio, por favor. O prazo é até o fim do mês, então quanto antes melhor.'],
      answers: ['O informe completo já está nos seus documentos. O anterior foi cortado por uma migração nossa; pedimos desculpas.'],
    },
    referral: {
      subjects: ['Bônus de indicação não caiu'],
      openings: [
        'Um amigo se cadastrou pelo meu link em {date}, fez a verificação e operou. Prometiam bônus para os dois em 48 horas e nada até agora.',
      ],
      asks: ['Pode me dizer as primeiras letras do e-mail do seu amigo? Assim vejo se o link foi contado.'],
      details: ['Começa com "{code}". Ele abriu o link no celular e se cadastrou no notebook.'],
      answers: ['O link se perdeu entre os dois aparelhos. Vinculei as contas manualmente e os dois bônus aparecem em até uma hora.'],
    },
    crash: {
      subjects: ['Aplicativo fecha sozinho ({device})', 'Tela preta depois da atualização'],
      openings: [
        'Desde a atualização {appVersion} o aplicativo fecha quando abro a carteira. Uso um {device} com o sistema em dia. Já reiniciei, reinstalei e limpei o cache.',
        'Versão {appVersion} em um {device}: tela preta e volta para o início. Pelo site funciona. Segue uma captura.',
      ],
      asks: ['Você pode abrir Configurações > Sobre e me enviar o ID de instalação e a versão do sistema? Acontece também sem Wi-Fi?'],
      details: ['ID {code}. Nos dados móveis acontece igual. Se eu abrir outra aba antes, não fecha.'],
      answers: ['Foi corrigido na versão de hoje. Atualize e abra uma vez com internet. Obrigado pela descrição tão precisa.'],
    },
    deposit: {
      subjects: ['Transferência não creditada', 'Transferência sem o código'],
      openings: [
        'Fiz uma transferência em {date}, foi debitada no mesmo dia e três dias úteis depois não apareceu. Usei o código do aplicativo.',
        'Acho que esqueci o código na transferência de {fiat}. O dinheiro se perdeu? A conta bancária está no meu nome.',
      ],
      asks: ['Você pode enviar o comprovante em PDF do banco? Precisamos da data, do valor e da conta de origem.'],
      details: ['Segue o comprovante: {fiat}, {date}, conta no meu nome.'],
      answers: ['Encontramos: sem o código, ela estava aguardando identificação. {fiat} já foi creditado na sua conta.'],
    },
    closing: {
      subjects: ['Quero encerrar a minha conta'],
      openings: ['Não opero mais e quero encerrar a conta. Sobrou um pouco de {asset}, abaixo do mínimo de saque. O que acontece com ele?'],
      asks: [
        'Posso encerrar. Confirme antes que você baixou os extratos, porque depois não estarão disponíveis. O restante pode ser convertido e pago uma vez, sem custo.',
      ],
      details: ['Extratos salvos. Podem pagar o restante e encerrar tudo.'],
      answers: [
        'A conta foi encerrada e o restante, pago. Guardamos os registros pelo prazo exigido em lei; o resto é apagado em 30 dias.',
      ],
    },
  },
};
